package io.aitbc.openclaw.zk.circuits;

import static io.aitbc.openclaw.contract.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.proof.GeneratedProof;
import io.aitbc.openclaw.api.proof.ProofGenerator;
import io.aitbc.openclaw.api.proof.ProofInput;
import io.aitbc.openclaw.api.proof.ProofRequest;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.Verdict;
import io.aitbc.openclaw.contract.FixedExtensions;
import io.aitbc.openclaw.contract.TestingPluginContext;
import io.aitbc.openclaw.zk.ZkGeneratorFactory;
import io.aitbc.openclaw.zk.ZkVerifierFactory;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.prover.TestingCircuit;
import io.aitbc.openclaw.zk.prover.WitnessFile;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvingBundleTest {
    private static final TestingCircuit CIRCUIT = TestingCircuit.squarings(4, BigInteger.valueOf(77));

    @TempDir
    static Path folder;

    private static TestingBundle bundle;

    private final Map<String, String> settings = new HashMap<>();

    @BeforeAll
    static void make() {
        bundle = TestingBundle.write(folder.resolve("chain"), "chain", CIRCUIT, false);
    }

    @BeforeEach
    void configure() {
        settings.put("circuits.chain.bundle", bundle.folder().toString());
        settings.put("circuits.chain.bundle-sha256", bundle.sha256());
    }

    @Test
    void proof_of_a_bundle_in_the_settings_is_made_and_checked_with_its_key() {
        try (TestingPluginContext context = new TestingPluginContext("zk", settings, new FixedExtensions());
                ProofGenerator generator = new ZkGeneratorFactory().create(context);
                ProofVerifier verifier = new ZkVerifierFactory().create(context)) {
            GeneratedProof proof = generator
                    .submit(new ProofRequest("chain", new ProofInput.Witness(WitnessFile.write(CIRCUIT.witness()))))
                    .result();
            assertThat(proof.developmentSetup()).isTrue();
            assertThat(proof.notProven())
                    .contains("that the number is worth knowing")
                    .anyMatch(line -> line.contains("development setup"));
            Verdict verdict = verifier.verify(proof.evidence(Set.of()));
            assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.ZK_STATEMENT);
            assertThat(verdict.reason())
                    .isEqualTo("the proof holds: somebody knew a number that is squared again and again; signal 0 (the "
                            + "result) is " + CIRCUIT.signals().get(1));
            assertThat(verdict.notProven()).containsExactlyElementsOf(proof.notProven());
        }
    }

    @Test
    void bundle_with_another_hash_than_the_pinned_one_is_refused() {
        settings.put("circuits.chain.bundle-sha256", "0".repeat(64));
        assertThat(refusal()).contains("the SHA-256 of circuit.json is " + bundle.sha256() + ", not the pinned 0000");
    }

    @Test
    void verification_key_with_another_hash_is_refused() throws IOException {
        Path key = bundle.folder().resolve("verification_key.json");
        String before = Files.readString(key);
        Files.writeString(key, before + " ");
        try {
            assertThat(refusalOfVerifier()).contains("the SHA-256 of verification_key.json is");
        } finally {
            Files.writeString(key, before);
        }
    }

    @Test
    void bundle_without_a_hash_beside_other_settings_or_not_there_is_refused() {
        settings.remove("circuits.chain.bundle-sha256");
        assertThat(refusal())
                .isEqualTo(
                        "plugins.zk.circuits.chain.bundle must be a folder and plugins.zk.circuits.chain.bundle-sha256 "
                                + "the SHA-256 of its circuit.json in 64 hexadecimal digits");
        configure();
        settings.put("circuits.chain.ceremony", "true");
        assertThat(refusalOfVerifier())
                .isEqualTo("plugins.zk.circuits.chain.ceremony cannot stand beside a bundle, which says it itself");
        settings.remove("circuits.chain.ceremony");
        settings.put("circuits.chain.bundle", folder.resolve("none").toString());
        assertThat(refusal()).endsWith("circuit.json cannot be read");
    }

    @Test
    void bundle_of_another_circuit_than_the_settings_name_is_refused() {
        settings.put("circuits.other.bundle", settings.remove("circuits.chain.bundle"));
        settings.put("circuits.other.bundle-sha256", settings.remove("circuits.chain.bundle-sha256"));
        assertThat(refusal()).endsWith("its circuit is named chain");
    }

    @ParameterizedTest
    @CsvSource({
        "proof-queue, 0, 'plugins.zk.proof-queue must be from 1 to 1000, not 0'",
        "prover-threads, 65, 'plugins.zk.prover-threads must be from 1 to 64, not 65'",
        "proof-time-limit, 0s, plugins.zk.proof-time-limit must be more than 0 and at most a day",
        "proof-time-limit, 25h, plugins.zk.proof-time-limit must be more than 0 and at most a day",
    })
    void limits_are_limited(String key, String value, String reason) {
        settings.put(key, value);
        assertThat(refusal()).isEqualTo(reason);
    }

    private String refusal() {
        try (TestingPluginContext context = new TestingPluginContext("zk", settings, new FixedExtensions())) {
            return assertFails(ErrorCode.INVALID_CONFIG, () -> new ZkGeneratorFactory().create(context))
                    .getMessage();
        }
    }

    private String refusalOfVerifier() {
        try (TestingPluginContext context = new TestingPluginContext("zk", settings, new FixedExtensions())) {
            return assertFails(ErrorCode.INVALID_CONFIG, () -> new ZkVerifierFactory().create(context))
                    .getMessage();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\": 1 | \"version\": 2 | its version is not a whole number from 0 to 1",
                "\"version\": 1 | \"version\": 0 | its version is not 1",
                "openclaw-proving-bundle | zip | its format is 'zip', not 'openclaw-proving-bundle'",
                "\"chain\" | \"a/b\" | its name is not of letters, digits, - and _, 64 at most",
                "circuit.zkey | ../circuit.zkey | its proving_key has no plain file name",
                "\"ceremony\": false | \"ceremony\": \"no\" | its setup does not say whether it was a ceremony",
                "proving_key | key | the member 'key' does not belong there",
                "\"the result\" | 7 | its signals are not a list of texts",
                "\"record\" | \"words\" | the member 'words' does not belong there",
            })
    void description_that_is_not_as_it_should_be_is_refused(String part, String other, String reason) {
        String changed = bundle.json().replace(part, other);
        assertThat(changed).isNotEqualTo(bundle.json());
        TestingBundle copy = new TestingBundle(bundle.folder(), "", "");
        try {
            TestingBundle mutant = copy.with(changed);
            assertThatThrownBy(mutant::read)
                    .isInstanceOf(MalformedDocumentException.class)
                    .hasMessageStartingWith("circuit.json: " + reason);
        } finally {
            assertThat(copy.with(bundle.json()).sha256()).isEqualTo(bundle.sha256());
        }
    }

    @Test
    void no_description_makes_it_throw_anything_else() {
        Random random = new Random(5);
        TestingBundle copy = new TestingBundle(bundle.folder(), "", "");
        try {
            for (int i = 0; i < 500; i++) {
                StringBuilder text = new StringBuilder(bundle.json());
                int at = random.nextInt(text.length());
                if (random.nextBoolean()) {
                    text.setLength(at);
                } else {
                    text.setCharAt(at, (char) random.nextInt(128));
                }
                TestingBundle mutant = copy.with(text.toString());
                Throwable thrown = catchThrowable(mutant::read);
                if (thrown != null) {
                    assertThat(thrown).as(text.toString()).isInstanceOf(MalformedDocumentException.class);
                }
            }
        } finally {
            assertThat(copy.with(bundle.json()).sha256()).isEqualTo(bundle.sha256());
        }
    }
}
