package io.aitbc.openclaw.zk.circuits;

import static io.aitbc.openclaw.contract.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.Verdict;
import io.aitbc.openclaw.contract.FixedExtensions;
import io.aitbc.openclaw.contract.TestingPluginContext;
import io.aitbc.openclaw.zk.Resources;
import io.aitbc.openclaw.zk.ZkVerifierFactory;
import io.aitbc.openclaw.zk.evidence.CircuitProofVerifier;
import io.aitbc.openclaw.zk.snarkjs.KeyFile;
import io.aitbc.openclaw.zk.snarkjs.ProofTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CircuitsTest {
    @TempDir
    Path folder;

    private final String plonkKey = Resources.proof("plonk_sums", "verification_key");
    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void configure() throws IOException {
        Path file = Files.writeString(folder.resolve("key.json"), plonkKey);
        settings.put("circuits.sums.key", file.toString());
        settings.put("circuits.sums.key-sha256", KeyFile.sha256(plonkKey.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void proof_of_a_circuit_of_the_users_own_is_checked_with_the_pinned_key() {
        settings.put("circuits.sums.proves", "three numbers with the product in signal 0 and the sum in signal 1");
        settings.put("circuits.sums.signals", "product; sum");
        settings.put("circuits.sums.ceremony", "true");
        Verdict verdict = verifier().verify(plonk("public"));
        assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.ZK_STATEMENT);
        assertThat(verdict.reason())
                .isEqualTo("the proof holds: somebody knew three numbers with the product in signal 0 and the sum in "
                        + "signal 1; signal 0 (product) is 261327; signal 1 (sum) is 7933");
        assertThat(verdict.notProven()).noneMatch(line -> line.contains("development setup"));
    }

    @Test
    void setup_counts_as_one_for_development_unless_the_settings_say_otherwise() {
        assertThat(verifier().verify(plonk("public")).notProven()).anyMatch(line -> line.contains("development setup"));
    }

    @Test
    void the_factory_takes_the_settings_and_checks_all_kinds() {
        settings.put("trusted-proof-keys", " " + AitbcCircuit.RECEIPT_PUBLIC.keySha256());
        Extensions none = new FixedExtensions();
        try (TestingPluginContext context = new TestingPluginContext("zk", settings, none);
                ProofVerifier verifier = new ZkVerifierFactory().create(context)) {
            assertThat(verifier.id()).isEqualTo("zk");
            assertThat(verifier.kinds())
                    .containsExactlyInAnyOrder(
                            Evidence.AITBC_RECEIPT, Evidence.AITBC_RECEIPT_PROOF, Evidence.GROTH16, Evidence.PLONK);
            assertThat(verifier.verify(plonk("public")).assurance()).isEqualTo(AssuranceLevel.ZK_STATEMENT);
            Evidence receipt = new Evidence(
                    Evidence.AITBC_RECEIPT_PROOF,
                    Resources.text("receipt-with-zk-proof.json"),
                    Set.of(Resources.COORDINATOR_KEY));
            assertThat(verifier.verifyAll(List.of(plonk("public"), receipt, plonk("proof"))))
                    .extracting(Verdict::assurance)
                    .containsExactly(AssuranceLevel.ZK_STATEMENT, AssuranceLevel.SIGNED, AssuranceLevel.NONE);
            assertThat(verifier.verify(receipt).assurance()).isEqualTo(AssuranceLevel.SIGNED);
        }
    }

    @Test
    void key_with_another_hash_than_the_pinned_one_is_refused() {
        settings.put("circuits.sums.key-sha256", "0".repeat(64));
        assertThat(refusal()).contains("its SHA-256 is").contains("not the pinned 0000");
    }

    @Test
    void key_without_a_hash_is_refused() {
        settings.remove("circuits.sums.key-sha256");
        assertThat(refusal())
                .isEqualTo(
                        "plugins.zk.circuits.sums.key must be a file and plugins.zk.circuits.sums.key-sha256 its SHA-256 "
                                + "in 64 hexadecimal digits");
        settings.remove("circuits.sums.key");
        settings.put("circuits.sums.ceremony", "true");
        assertThat(refusal()).startsWith("plugins.zk.circuits.sums.key must be a file");
    }

    @Test
    void trusted_key_that_is_no_hash_is_refused() {
        settings.put("trusted-proof-keys", "receipt_public");
        assertThat(refusal())
                .isEqualTo(
                        "plugins.zk.trusted-proof-keys must be SHA-256 hashes of verification keys, not 'receipt_public'");
    }

    @Test
    void key_that_is_not_there_is_refused() {
        settings.put("circuits.sums.key", folder.resolve("none.json").toString());
        assertThat(refusal()).startsWith("plugins.zk.circuits.sums.key cannot be read");
    }

    @Test
    void key_that_is_no_key_is_refused() throws IOException {
        String damaged = plonkKey.replace("\"power\": 3", "\"power\": 4");
        Files.writeString(folder.resolve("key.json"), damaged);
        settings.put("circuits.sums.key-sha256", KeyFile.sha256(damaged.getBytes(StandardCharsets.UTF_8)));
        assertThat(refusal()).contains("w is not a primitive root of unity");
    }

    @Test
    void name_of_a_circuit_of_aitbc_cannot_be_taken() {
        for (String name : new String[] {"receipt_public", "test_final_v2"}) {
            Map<String, String> taken = Map.of("circuits.%s.key".formatted(name), "key.json");
            assertFails(ErrorCode.INVALID_CONFIG, () -> new Circuits(new PluginConfig("plugins.zk", taken)));
        }
    }

    @Test
    void names_of_signals_fit_their_number() {
        settings.put("circuits.sums.signals", "product");
        assertThat(refusal()).endsWith("names 1 public signals, but the key has 2");
    }

    private String refusal() {
        return assertFails(ErrorCode.INVALID_CONFIG, this::verifier).getMessage();
    }

    private CircuitProofVerifier verifier() {
        return new CircuitProofVerifier(new Circuits(new PluginConfig("plugins.zk", settings)), new SecureRandom());
    }

    private static Evidence plonk(String signals) {
        String json = ProofTexts.evidence(
                "sums", Resources.proof("plonk_sums", "proof"), Resources.proof("plonk_sums", signals));
        return new Evidence(Evidence.PLONK, json, Set.of());
    }
}
