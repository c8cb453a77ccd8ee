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
import io.aitbc.openclaw.zk.Resources;
import io.aitbc.openclaw.zk.bn254.Workers;
import io.aitbc.openclaw.zk.circuits.ProvingCircuit;
import io.aitbc.openclaw.zk.circuits.TestingBundle;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.prover.Groth16Prover;
import io.aitbc.openclaw.zk.prover.ProvingKey;
import io.aitbc.openclaw.zk.prover.ProvingKeyFile;
import io.aitbc.openclaw.zk.prover.TestingCircuit;
import io.aitbc.openclaw.zk.prover.WitnessFile;
import io.aitbc.openclaw.zk.snarkjs.Snarkjs;
import io.aitbc.openclaw.zk.snarkjs.SnarkjsWriter;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Scripts in place of a prover, and the real snarkjs. */
@DisabledOnOs(OS.WINDOWS)
class ExternalProverTest {
    private final TestingCircuit circuit = TestingCircuit.squarings(5, BigInteger.valueOf(271_828_182_845L));

    @TempDir
    Path folder;

    private ScheduledExecutorService clock;
    private TestingBundle bundle;

    @BeforeEach
    void makeBundle() {
        clock = Executors.newSingleThreadScheduledExecutor();
        bundle = TestingBundle.write(folder.resolve("bundle"), "chain", circuit, false);
    }

    @AfterEach
    void stopClock() {
        clock.shutdownNow();
    }

    private ProofGenerator generator(String command) throws MalformedDocumentException {
        ProvingSettings settings =
                ProvingSettings.of(new PluginConfig("plugins.zk", Map.of("external-prover", command)));
        List<ProvingCircuit> circuits = List.of(new ProvingCircuit(bundle.read(), Optional.empty()));
        return new QueuedProofGenerator(
                () -> circuits, settings, settings.prover(new SecureRandom()), TestingBundle::noAnswers, clock);
    }

    private ProofRequest request(Optional<Duration> limit) {
        return new ProofRequest("chain", new ProofInput.Witness(WitnessFile.write(circuit.witness())), limit);
    }

    /** @param lines of a shell script: $1 proving key, $2 witness, $3 proof, $4 public signals; $NOTES is a file that stays */
    private String script(String... lines) throws IOException {
        Path notes = folder.resolve("notes");
        Path file = folder.resolve("prover.sh");
        Files.writeString(file, "#!/bin/sh\nNOTES='%s'\n%s\n".formatted(notes, String.join("\n", lines)));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file.toString();
    }

    private List<String> notes() throws IOException {
        return Files.readAllLines(folder.resolve("notes"));
    }

    @Test
    void proof_of_snarkjs_is_checked_and_handed_out() throws Exception {
        Path snarkjs = Snarkjs.program();
        try (ProofGenerator generator = generator("node " + snarkjs + " groth16 prove")) {
            GeneratedProof proof = generator.submit(request(Optional.empty())).result();
            assertThat(proof.statement().publicSignals())
                    .containsExactly(circuit.signals().get(1).toString());
            assertThat(proof.prover()).isEqualTo("an external prover, node");
            try (Snarkjs verifier = Snarkjs.start()) {
                assertThat(verifier.verify(
                                "groth16",
                                Files.readString(bundle.folder().resolve("verification_key.json")),
                                "[\"%s\"]".formatted(circuit.signals().get(1)),
                                proof.proof()))
                        .isEqualTo("true");
            }
        }
    }

    @Test
    void proof_that_does_not_name_its_curve_is_taken_as_rapidsnark_writes_it() throws Exception {
        ProvingKey key = ProvingKeyFile.read(Files.readAllBytes(bundle.folder().resolve("circuit.zkey")));
        String proof = SnarkjsWriter.proof(
                new Groth16Prover(key, new SecureRandom(), Workers.caller()).prove(circuit.witness(), _ -> {}));
        String named = ",\"curve\":\"bn128\"";
        assertThat(proof).contains(named);
        Path bare = Files.writeString(folder.resolve("bare.json"), proof.replace(named, "") + "\n");
        try (ProofGenerator generator = generator(script("cp %s \"$3\"".formatted(bare)))) {
            GeneratedProof made = generator.submit(request(Optional.empty())).result();
            assertThat(made.proof()).isEqualTo(proof);
            assertThat(made.prover()).isEqualTo("an external prover, prover.sh");
        }
    }

    @Test
    void files_are_in_a_private_folder_that_is_gone_afterwards() throws Exception {
        String command = script(
                "ls -ld \"$(dirname \"$1\")\" | cut -c1-10 > $NOTES",
                "dirname \"$1\" >> $NOTES",
                "echo \"[$OPENCLAW_TEST_SECRET][$5]\" >> $NOTES",
                "exit 3");
        try (ProofGenerator generator = generator(command)) {
            ProofJob job = generator.submit(request(Optional.empty()));
            assertThat(assertFails(ErrorCode.PROVIDER_FAILED, job::result))
                    .hasMessageMatching(
                            "The external prover '.*prover.sh' ended with exit code 3; .* circuit chain .*");
        }
        assertThat(notes().getFirst()).isEqualTo("drwx------");
        assertThat(notes().get(2)).isEqualTo("[][]");
        assertThat(Path.of(notes().get(1))).doesNotExist();
    }

    @Test
    void canceled_prover_is_killed_with_what_it_started_and_its_files_are_gone() throws Exception {
        String command =
                script("echo $$ > $NOTES", "dirname \"$1\" >> $NOTES", "sleep 600 & echo $! >> $NOTES", "wait");
        try (ProofGenerator generator = generator(command)) {
            ProofJob job = generator.submit(request(Optional.empty()));
            while (!Files.exists(folder.resolve("notes")) || notes().size() < 3) {
                assertThat(job.progress().state().isEnd()).isFalse();
                Thread.onSpinWait();
            }
            job.cancel();
            assertFails(ErrorCode.CANCELED, job::result);
        }
        assertEnded(notes().get(0));
        assertEnded(notes().get(2));
        assertThat(Path.of(notes().get(1))).doesNotExist();
    }

    private static void assertEnded(String process) {
        Optional<ProcessHandle> handle = ProcessHandle.of(Long.parseLong(process));
        handle.ifPresent(it ->
                it.onExit().orTimeout(5, java.util.concurrent.TimeUnit.SECONDS).join());
        assertThat(ProcessHandle.of(Long.parseLong(process)).filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void prover_that_takes_too_long_is_killed() throws Exception {
        String command = script("dirname \"$1\" > $NOTES", "exec sleep 600");
        try (ProofGenerator generator = generator(command)) {
            ProofJob job = generator.submit(request(Optional.of(Duration.ofMillis(300))));
            assertFails(ErrorCode.JOB_EXPIRED, job::result);
        }
        assertThat(Path.of(notes().getFirst())).doesNotExist();
    }

    @Test
    void what_is_no_proof_or_one_of_something_else_is_refused() throws Exception {
        assertThat(failure("true", ErrorCode.PROVIDER_FAILED)).endsWith("made no proof");
        assertThat(failure(script("echo '{\"pi_a\":[' > \"$3\""), ErrorCode.PROVIDER_FAILED))
                .contains("made no proof that can be read: ");
        Path other = Files.writeString(folder.resolve("other.json"), Resources.proof("receipt_public", "proof"));
        assertThat(failure(script("cp %s \"$3\"".formatted(other)), ErrorCode.INVALID_REQUEST))
                .isEqualTo("The input does not satisfy circuit chain, so there is no proof");
        assertThat(failure("/no/such/prover", ErrorCode.PROVIDER_FAILED)).contains("could not be run");
    }

    private String failure(String command, ErrorCode code) throws MalformedDocumentException {
        try (ProofGenerator generator = generator(command)) {
            ProofJob job = generator.submit(request(Optional.empty()));
            String message = assertFails(code, job::result).getMessage();
            assertThat(message).doesNotContain("271828");
            return message;
        }
    }
}
