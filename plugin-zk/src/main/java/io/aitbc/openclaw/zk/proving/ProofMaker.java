package io.aitbc.openclaw.zk.proving;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.GeneratedProof;
import io.aitbc.openclaw.api.proof.ProofInput;
import io.aitbc.openclaw.api.proof.ProofProgress;
import io.aitbc.openclaw.api.proof.Statement;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.circuits.NotProven;
import io.aitbc.openclaw.zk.circuits.ProvingCircuit;
import io.aitbc.openclaw.zk.groth16.Groth16Claim;
import io.aitbc.openclaw.zk.groth16.Groth16Proof;
import io.aitbc.openclaw.zk.prover.MalformedFileException;
import io.aitbc.openclaw.zk.prover.UnsatisfiedException;
import io.aitbc.openclaw.zk.prover.Witness;
import io.aitbc.openclaw.zk.prover.WitnessFile;
import io.aitbc.openclaw.zk.prover.WitnessProgram;
import io.aitbc.openclaw.zk.receiptchain.AnswerReceipt;
import io.aitbc.openclaw.zk.snarkjs.SnarkjsWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** From inputs to a proof that holds. */
final class ProofMaker {
    /** Shares of the time in percent, as long as nobody knows better. */
    private static final int WITNESS_SHARE = 10;

    private static final int PROVING_SHARE = 85;

    private final Prover prover;
    private final AnswerInputs answers;

    ProofMaker(Prover prover, AnswerInputs answers) {
        this.prover = prover;
        this.answers = answers;
    }

    /** Told how far it is. */
    interface Listener {
        void reached(ProofProgress.State state, int percent);
    }

    /** Stops when its thread is interrupted. */
    GeneratedProof make(ProvingCircuit circuit, ProofInput input, Listener listener) throws InterruptedException {
        long start = System.nanoTime();
        listener.reached(ProofProgress.State.WITNESS, 0);
        List<Fr> signals;
        Groth16Proof proof;
        Optional<AnswerReceipt> answer =
                input instanceof ProofInput.Answer it ? Optional.of(answers.of(it)) : Optional.empty();
        try (Witness witness = witness(circuit, answer.map(AnswerReceipt::inputs), input)) {
            listener.reached(ProofProgress.State.PROVING, WITNESS_SHARE);
            proof = prover.prove(
                    circuit,
                    witness,
                    percent -> listener.reached(
                            ProofProgress.State.PROVING, WITNESS_SHARE + percent * PROVING_SHARE / 100));
            signals = witness.publicSignals(circuit.verifier().key().signals());
        } catch (MalformedFileException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST, "The witness cannot be used: %s".formatted(e.getMessage()), e);
        } catch (UnsatisfiedException e) {
            throw unsatisfied(circuit, ": " + e.getMessage());
        }
        listener.reached(ProofProgress.State.CHECKING, WITNESS_SHARE + PROVING_SHARE);
        if (!circuit.verifier().holds(new Groth16Claim(proof, signals))) {
            throw unsatisfied(circuit, ", so there is no proof");
        }
        return new GeneratedProof(
                new Statement(circuit.name(), signals.stream().map(Fr::toString).toList()),
                Evidence.GROTH16,
                SnarkjsWriter.proof(proof),
                circuit.keySha256(),
                !circuit.bundle().ceremony(),
                NotProven.of(circuit.bundle().circuit(), circuit.bundle().ceremony()),
                prover.description(),
                Duration.ofNanos(System.nanoTime() - start),
                answer.map(AnswerReceipt::root));
    }

    private static OpenClawException unsatisfied(ProvingCircuit circuit, String how) {
        return new OpenClawException(
                ErrorCode.INVALID_REQUEST, "The input does not satisfy circuit %s%s".formatted(circuit.name(), how));
    }

    private static Witness witness(ProvingCircuit circuit, Optional<ProofInput.Signals> found, ProofInput input)
            throws MalformedFileException, UnsatisfiedException, InterruptedException {
        return switch (input) {
            case ProofInput.Witness file -> read(file);
            case ProofInput.Signals inputs -> computed(circuit, inputs);
            case ProofInput.Answer _ -> computed(circuit, found.orElseThrow());
        };
    }

    private static Witness read(ProofInput.Witness file) throws MalformedFileException {
        try (InputStream in = file.open()) {
            return WitnessFile.read(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a program throws may quote inputs, so only its kind is told. */
    private static Witness computed(ProvingCircuit circuit, ProofInput.Signals inputs)
            throws UnsatisfiedException, InterruptedException {
        Supplier<WitnessProgram> program = circuit.program().orElseThrow();
        try {
            return program.get().compute(reduced(inputs));
        } catch (OpenClawException e) {
            throw e;
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException("the witness program was stopped");
            }
            throw new OpenClawException(
                    ErrorCode.INTERNAL,
                    "The witness program of circuit %s failed: %s"
                            .formatted(circuit.name(), e.getClass().getSimpleName()));
        }
    }

    private static Map<String, List<BigInteger>> reduced(ProofInput.Signals inputs) {
        Map<String, List<BigInteger>> reduced = new HashMap<>();
        inputs.values()
                .forEach((name, values) -> reduced.put(
                        name, values.stream().map(value -> value.mod(Fr.ORDER)).collect(Collectors.toList())));
        return reduced;
    }
}
