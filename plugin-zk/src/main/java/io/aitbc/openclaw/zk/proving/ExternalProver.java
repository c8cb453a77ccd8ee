package io.aitbc.openclaw.zk.proving;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.zk.circuits.ProvingBundle;
import io.aitbc.openclaw.zk.circuits.ProvingCircuit;
import io.aitbc.openclaw.zk.groth16.Groth16Proof;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.prover.Witness;
import io.aitbc.openclaw.zk.prover.WitnessFile;
import io.aitbc.openclaw.zk.snarkjs.SnarkjsReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * Has a program outside this process make proofs: {@code prover} of rapidsnark or {@code snarkjs groth16 prove}. It is called with four files after
 * its own words: proving key, witness, and where proof and public signals go. They lie in a folder that only this user can enter, and are gone
 * when the proof is there, or the program is stopped. What the program prints is dropped, as it may quote the witness.
 */
final class ExternalProver implements Prover {
    /** Everything else may hold keys of the host. */
    private static final Set<String> ENVIRONMENT =
            Set.of("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SystemRoot", "TEMP");

    private static final Duration KILLING = Duration.ofMillis(500);
    private static final int MAX_PROOF_BYTES = 64 * 1024;

    private final List<String> command;
    private final SnarkjsReader reader = new SnarkjsReader();

    /** @param command program and its first arguments, separated by spaces */
    ExternalProver(String command) {
        this.command = Arrays.stream(command.strip().split("\\s+")).toList();
    }

    @Override
    public String description() {
        return "an external prover, " + Path.of(command.getFirst()).getFileName();
    }

    @Override
    public Groth16Proof prove(ProvingCircuit circuit, Witness witness, IntConsumer progress)
            throws InterruptedException {
        try {
            Path folder = Files.createTempDirectory("openclaw-prover", PrivateFiles.folder());
            try {
                return prove(circuit, witness, folder);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw failed("could not be run: %s".formatted(e.getMessage()));
        }
    }

    private Groth16Proof prove(ProvingCircuit circuit, Witness witness, Path folder)
            throws IOException, InterruptedException {
        Path key = folder.resolve("key.zkey");
        try (OutputStream out = Files.newOutputStream(key)) {
            circuit.bundle().copy(ProvingBundle.Part.PROVING_KEY, out);
        } catch (MalformedDocumentException e) {
            throw circuit.invalid(e.getMessage());
        }
        Path secret = Files.write(folder.resolve("witness.wtns"), WitnessFile.write(witness));
        Path proof = folder.resolve("proof.json");
        List<String> words = new ArrayList<>(command);
        Stream.of(key, secret, proof, folder.resolve("public.json"))
                .map(Path::toString)
                .forEach(words::add);
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().retainAll(ENVIRONMENT);
        Process process = builder.start();
        int exit;
        try {
            process.getOutputStream().close();
            exit = process.waitFor();
        } finally {
            kill(process);
        }
        if (exit != 0) {
            throw failed("ended with exit code %d; run it by hand with the files of circuit %s to see why"
                    .formatted(exit, circuit.name()));
        }
        return read(proof);
    }

    /** With what it started. Waits a little, so that nothing is written any more when the files are deleted. */
    private static void kill(Process process) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle handle : all) {
            handle.onExit()
                    .completeOnTimeout(handle, KILLING.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }
    }

    private Groth16Proof read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return reader.groth16ProofOfProver(new String(in.readNBytes(MAX_PROOF_BYTES), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failed("made no proof");
        } catch (MalformedDocumentException e) {
            throw failed("made no proof that can be read: " + e.getMessage());
        }
    }

    private OpenClawException failed(String how) {
        return new OpenClawException(
                ErrorCode.PROVIDER_FAILED, "The external prover '%s' %s".formatted(command.getFirst(), how));
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = new ArrayList<>(all.toList());
        }
        for (Path file : files.reversed()) {
            Files.deleteIfExists(file);
        }
    }
}
