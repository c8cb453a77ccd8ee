package io.aitbc.openclaw.zk.proving;

import io.aitbc.openclaw.zk.bn254.Workers;
import io.aitbc.openclaw.zk.circuits.ProvingBundle;
import io.aitbc.openclaw.zk.circuits.ProvingCircuit;
import io.aitbc.openclaw.zk.groth16.Groth16Proof;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.prover.Groth16Prover;
import io.aitbc.openclaw.zk.prover.MalformedFileException;
import io.aitbc.openclaw.zk.prover.ProvingKey;
import io.aitbc.openclaw.zk.prover.ProvingKeyFile;
import io.aitbc.openclaw.zk.prover.Witness;
import java.lang.ref.SoftReference;
import java.security.SecureRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;

/** Makes proofs in this process. The key of the last circuit stays in memory as long as there is enough. Used by one thread at a time. */
final class OwnProver implements Prover {
    private record Loaded(ProvingCircuit circuit, ProvingKey key) {}

    private final SecureRandom random;
    private final int threads;
    private SoftReference<Loaded> last = new SoftReference<>(null);

    /** @param random what it gives hides witnesses in proofs */
    OwnProver(SecureRandom random, int threads) {
        this.random = random;
        this.threads = threads;
    }

    @Override
    public String description() {
        return "this host";
    }

    @Override
    public Groth16Proof prove(ProvingCircuit circuit, Witness witness, IntConsumer progress)
            throws MalformedFileException, InterruptedException {
        try {
            return prove(key(circuit), witness, progress);
        } catch (IllegalArgumentException e) {
            throw circuit.invalid("with its proving key, " + e.getMessage());
        }
    }

    private Groth16Proof prove(ProvingKey key, Witness witness, IntConsumer progress)
            throws MalformedFileException, InterruptedException {
        if (threads == 1) {
            return new Groth16Prover(key, random, Workers.caller()).prove(witness, progress);
        }
        ExecutorService pool = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("zk-prover-part").factory());
        try {
            return new Groth16Prover(key, random, Workers.of(pool)).prove(witness, progress);
        } finally {
            pool.shutdownNow();
        }
    }

    private ProvingKey key(ProvingCircuit circuit) throws InterruptedException {
        Loaded loaded = last.get();
        if (loaded != null && loaded.circuit() == circuit) {
            return loaded.key();
        }
        last.clear();
        ProvingKey key;
        try {
            key = ProvingKeyFile.read(circuit.bundle().bytes(ProvingBundle.Part.PROVING_KEY));
        } catch (MalformedDocumentException e) {
            throw circuit.invalid(e.getMessage());
        } catch (MalformedFileException e) {
            throw circuit.invalid("proving key: " + e.getMessage());
        }
        if (!key.verificationKey().equals(circuit.verifier().key())) {
            throw circuit.invalid("its proving key and its verification key do not belong together");
        }
        last = new SoftReference<>(new Loaded(circuit, key));
        return key;
    }
}
