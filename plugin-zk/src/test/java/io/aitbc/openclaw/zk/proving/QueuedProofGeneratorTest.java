package io.aitbc.openclaw.zk.proving;

import static io.aitbc.openclaw.contract.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.api.proof.GeneratedProof;
import io.aitbc.openclaw.api.proof.ProofGenerator;
import io.aitbc.openclaw.api.proof.ProofInput;
import io.aitbc.openclaw.api.proof.ProofJob;
import io.aitbc.openclaw.api.proof.ProofRequest;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.contract.ProofGeneratorContract;
import io.aitbc.openclaw.contract.RecordedLog;
import io.aitbc.openclaw.zk.bn254.Fp;
import io.aitbc.openclaw.zk.bn254.Fp2;
import io.aitbc.openclaw.zk.bn254.Point;
import io.aitbc.openclaw.zk.bn254.TwistPoints;
import io.aitbc.openclaw.zk.circuits.Circuits;
import io.aitbc.openclaw.zk.circuits.ProvingCircuit;
import io.aitbc.openclaw.zk.circuits.TestingBundle;
import io.aitbc.openclaw.zk.evidence.CircuitProofVerifier;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.prover.TestingCircuit;
import io.aitbc.openclaw.zk.prover.UnsatisfiedException;
import io.aitbc.openclaw.zk.prover.Witness;
import io.aitbc.openclaw.zk.prover.WitnessFile;
import io.aitbc.openclaw.zk.snarkjs.KeyFile;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueuedProofGeneratorTest extends ProofGeneratorContract {
    private static final BigInteger SECRET = new BigInteger("31415926535897932384");

    @TempDir
    static Path folder;

    private static ScheduledExecutorService clock;
    private static TestingBundle quick;
    private static TestingBundle stuck;
    private static TestingBundle bare;

    private final Map<String, String> settings = new HashMap<>(Map.of("proof-queue", "3"));

    @BeforeAll
    static void makeBundles() {
        clock = Executors.newSingleThreadScheduledExecutor();
        TestingCircuit circuit = TestingCircuit.squarings(12, SECRET);
        quick = TestingBundle.write(folder.resolve("quick"), "quick", circuit, false);
        stuck = TestingBundle.write(folder.resolve("stuck"), "stuck", circuit, true);
        bare = TestingBundle.write(folder.resolve("bare"), "bare", circuit, true);
    }

    @AfterAll
    static void stopClock() {
        clock.shutdownNow();
    }

    /** Recognizes the one number it is for; quotes what it is given when that is another one. */
    private static Witness squared(Map<String, List<BigInteger>> inputs) throws UnsatisfiedException {
        BigInteger number =
                inputs.getOrDefault("number", List.of(BigInteger.ZERO)).getFirst();
        if (number.equals(SECRET)) {
            return TestingCircuit.squarings(12, number).witness();
        }
        if (number.equals(SECRET.add(BigInteger.ONE))) {
            return TestingCircuit.squarings(12, SECRET).wrongWitness(new Random(1));
        }
        if (number.signum() == 0) {
            throw new UnsatisfiedException("input number lacks");
        }
        throw new IllegalStateException("cannot square " + inputs);
    }

    private static Witness never() throws InterruptedException {
        new CountDownLatch(1).await();
        throw new AssertionError("nobody counts it down");
    }

    @Override
    protected ProofGenerator createGenerator() {
        ProvingSettings proving = ProvingSettings.of(new PluginConfig("plugins.zk", settings));
        List<ProvingCircuit> circuits;
        try {
            circuits = List.of(
                    new ProvingCircuit(quick.read(), Optional.of(() -> QueuedProofGeneratorTest::squared)),
                    new ProvingCircuit(stuck.read(), Optional.of(() -> _ -> never())),
                    new ProvingCircuit(bare.read(), Optional.empty()));
        } catch (MalformedDocumentException e) {
            throw new AssertionError(e);
        }
        return new QueuedProofGenerator(
                () -> circuits, proving, proving.prover(new SecureRandom()), TestingBundle::noAnswers, clock);
    }

    @Override
    protected ProofVerifier createVerifier() {
        Map<String, String> circuits = new HashMap<>();
        for (TestingBundle bundle : List.of(quick, stuck, bare)) {
            String name = "circuits." + bundle.folder().getFileName();
            circuits.put(name + ".bundle", bundle.folder().toString());
            circuits.put(name + ".bundle-sha256", bundle.sha256());
        }
        return new CircuitProofVerifier(new Circuits(new PluginConfig("plugins.zk", circuits)), new SecureRandom());
    }

    private static ProofRequest request(String circuit, BigInteger number) {
        return new ProofRequest(circuit, new ProofInput.Signals(Map.of("number", List.of(number))));
    }

    @Override
    protected ProofRequest genuine() {
        return request("quick", SECRET);
    }

    @Override
    protected ProofRequest unsatisfied() {
        return request("quick", SECRET.add(BigInteger.ONE));
    }

    @Override
    protected ProofRequest endless() {
        return request("stuck", SECRET);
    }

    @Override
    protected String secret() {
        return "3141592653";
    }

    @Test
    void witness_from_elsewhere_is_proven_and_a_wrong_one_is_not() {
        TestingCircuit circuit = TestingCircuit.squarings(12, SECRET);
        try (ProofGenerator generator = createGenerator()) {
            GeneratedProof proof =
                    generator.submit(of("bare", circuit.witness())).result();
            assertThat(proof.statement().publicSignals())
                    .containsExactly(circuit.signals().get(1).toString());
            ProofJob wrong = generator.submit(of("bare", circuit.wrongWitness(new Random(2))));
            assertThat(assertFails(ErrorCode.INVALID_REQUEST, wrong::result))
                    .hasMessage("The input does not satisfy circuit bare, so there is no proof");
            ProofJob other = generator.submit(
                    of("bare", TestingCircuit.squarings(13, SECRET).witness()));
            assertThat(assertFails(ErrorCode.INVALID_REQUEST, other::result))
                    .hasMessage("The witness cannot be used: it has 15 signals, not 14: it is of another circuit");
            ProofJob noise = generator.submit(new ProofRequest("bare", new ProofInput.Witness(new byte[] {1, 2, 3})));
            assertThat(assertFails(ErrorCode.INVALID_REQUEST, noise::result))
                    .hasMessage("The witness cannot be used: it is no .wtns file");
        }
    }

    private static ProofRequest of(String circuit, Witness witness) {
        return new ProofRequest(circuit, new ProofInput.Witness(WitnessFile.write(witness)));
    }

    @Test
    void circuit_without_a_witness_program_takes_no_inputs() {
        try (ProofGenerator generator = createGenerator()) {
            assertThat(assertFails(ErrorCode.INVALID_REQUEST, () -> generator.submit(request("bare", SECRET))))
                    .hasMessageContaining("give it a witness (.wtns)");
        }
    }

    @Test
    void inputs_are_below_the_prime_and_lacking_ones_are_named() {
        try (ProofGenerator generator = createGenerator()) {
            BigInteger large = io.aitbc.openclaw.zk.bn254.Fr.ORDER.add(SECRET);
            assertThat(assertFails(ErrorCode.INVALID_REQUEST, () -> generator.submit(request("quick", large))))
                    .hasMessage("Input 'number' has a number that is not below the prime of the circuit");
            ProofJob lacking = generator.submit(
                    new ProofRequest("quick", new ProofInput.Signals(Map.of("else", List.of(SECRET)))));
            assertThat(assertFails(ErrorCode.INVALID_REQUEST, lacking::result))
                    .hasMessage("The input does not satisfy circuit quick: input number lacks");
            BigInteger negative = SECRET.subtract(io.aitbc.openclaw.zk.bn254.Fr.ORDER);
            assertThat(generator.submit(request("quick", negative)).result().notProven())
                    .isNotEmpty();
        }
    }

    /** The program's own words would say it. */
    @Test
    void no_secret_is_in_a_failure_or_a_log() {
        try (RecordedLog log = RecordedLog.of("io.aitbc.openclaw.zk");
                ProofGenerator generator = createGenerator()) {
            ProofJob failed = generator.submit(request("quick", SECRET.add(BigInteger.TWO)));
            assertThat(assertFails(ErrorCode.INTERNAL, failed::result))
                    .hasMessage("The witness program of circuit quick failed: IllegalStateException")
                    .hasNoCause();
            ProofJob unsatisfied = generator.submit(unsatisfied());
            assertFails(ErrorCode.INVALID_REQUEST, unsatisfied::result);
            assertThat(generator.submit(genuine()).result().notProven()).isNotEmpty();
            assertThat(log.text()).contains("proof ended", "circuit=\"quick\"").doesNotContain(secret());
        }
    }

    @Test
    void key_that_was_changed_on_disk_is_refused() throws IOException {
        Path file = bare.folder().resolve("circuit.zkey");
        byte[] before = Files.readAllBytes(file);
        byte[] changed = before.clone();
        changed[changed.length - 1] ^= 1;
        Files.write(file, changed);
        try (ProofGenerator generator = createGenerator()) {
            ProofJob job = generator.submit(
                    of("bare", TestingCircuit.squarings(12, SECRET).witness()));
            assertThat(assertFails(ErrorCode.INVALID_CONFIG, job::result))
                    .hasMessageMatching("The files of circuit bare cannot be used: the SHA-256 of circuit.zkey is "
                            + "[0-9a-f]{64}, not the pinned [0-9a-f]{64}");
        } finally {
            Files.write(file, before);
        }
    }

    @Test
    void keys_that_do_not_belong_together_are_refused() throws Exception {
        TestingCircuit circuit = TestingCircuit.squarings(3, BigInteger.TWO);
        TestingBundle mixed = TestingBundle.write(folder.resolve("mixed"), "mixed", circuit, false);
        TestingBundle other = TestingBundle.write(folder.resolve("other"), "other", circuit, false);
        byte[] key = Files.readAllBytes(other.folder().resolve("circuit.zkey"));
        byte[] own = Files.readAllBytes(mixed.folder().resolve("circuit.zkey"));
        Files.write(mixed.folder().resolve("circuit.zkey"), key);
        TestingBundle bundle = mixed.with(mixed.json().replace(KeyFile.sha256(own), KeyFile.sha256(key)));
        List<ProvingCircuit> circuits = List.of(new ProvingCircuit(bundle.read(), Optional.empty()));
        ProvingSettings proving = ProvingSettings.of(new PluginConfig("plugins.zk", settings));
        try (ProofGenerator generator = new QueuedProofGenerator(
                () -> circuits, proving, proving.prover(new SecureRandom()), TestingBundle::noAnswers, clock)) {
            ProofJob job = generator.submit(of("mixed", circuit.witness()));
            assertThat(assertFails(ErrorCode.INVALID_CONFIG, job::result))
                    .hasMessageEndingWith("its proving key and its verification key do not belong together");
        }
    }

    /** Such points are on the curve; only the proof shows that they are in no group. */
    @Test
    void proving_key_with_a_point_outside_its_group_is_refused() throws Exception {
        TestingCircuit circuit = TestingCircuit.squarings(3, BigInteger.TWO);
        TestingBundle outside = TestingBundle.write(folder.resolve("outside"), "outside", circuit, false);
        Path file = outside.folder().resolve("circuit.zkey");
        byte[] key = Files.readAllBytes(file);
        String before = KeyFile.sha256(key);
        ByteBuffer bytes = ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN);
        int at = 12;
        while (bytes.getInt(at) != 7) {
            at += 12 + (int) bytes.getLong(at + 4);
        }
        // Signal 0 is 1, so its point is always part of the sum.
        Point<Fp2> point = TwistPoints.point();
        bytes.position(at + 12);
        for (Fp part : List.of(
                point.x().c0(), point.x().c1(), point.y().c0(), point.y().c1())) {
            BigInteger montgomery = part.value().shiftLeft(256).mod(Fp.PRIME);
            for (int limb = 0; limb < 4; limb++) {
                bytes.putLong(montgomery.shiftRight(64 * limb).longValue());
            }
        }
        Files.write(file, key);
        TestingBundle bundle = outside.with(outside.json().replace(before, KeyFile.sha256(key)));
        ProofMaker maker = new ProofMaker(new OwnProver(new SecureRandom(), 1), TestingBundle::noAnswers);
        ProvingCircuit proving = ProvingCircuit.of(bundle.read());
        ProofInput input = new ProofInput.Witness(WitnessFile.write(circuit.witness()));
        assertThat(assertFails(ErrorCode.INVALID_CONFIG, () -> maker.make(proving, input, (_, _) -> {})))
                .hasMessage(
                        "The files of circuit outside cannot be used: with its proving key, pi_b is a point outside the "
                                + "subgroup G2");
    }

    @Test
    void several_threads_make_a_proof_when_they_are_asked_to() {
        settings.put("prover-threads", "2");
        try (ProofGenerator generator = createGenerator()) {
            assertThat(generator.submit(genuine()).result().prover()).isEqualTo("this host");
        }
    }
}
