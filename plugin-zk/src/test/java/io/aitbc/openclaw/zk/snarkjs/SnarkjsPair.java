package io.aitbc.openclaw.zk.snarkjs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

/** Two processes of snarkjs, each of which checks a claim while we check them too: one process, in turn with us, leaves half of a machine idle. */
final class SnarkjsPair implements AutoCloseable {
    private final List<Snarkjs> both = new ArrayList<>();
    private final BlockingQueue<Snarkjs> idle = new LinkedBlockingQueue<>();
    private final ExecutorService executor = Executors.newFixedThreadPool(2);

    private SnarkjsPair() {}

    /** Aborts the test as {@link Snarkjs#start} does. */
    static SnarkjsPair start() {
        SnarkjsPair pair = new SnarkjsPair();
        try {
            pair.both.add(Snarkjs.start());
            pair.both.add(Snarkjs.start());
            pair.idle.addAll(pair.both);
            return pair;
        } catch (RuntimeException | Error e) {
            pair.close();
            throw e;
        }
    }

    /** What snarkjs says of one. */
    String verdict(String protocol, String key, String signals, String proof) {
        return both.getFirst().verify(protocol, key, signals, proof);
    }

    /** What snarkjs says of each, in their order; computed while the caller does something else. */
    List<Future<String>> verify(String protocol, String key, List<ProofMutations.Mutant> mutants) {
        return mutants.stream()
                .map(mutant -> executor.submit(() -> verify(protocol, key, mutant)))
                .toList();
    }

    private String verify(String protocol, String key, ProofMutations.Mutant mutant) throws InterruptedException {
        Snarkjs snarkjs = idle.take();
        try {
            return snarkjs.verify(protocol, key, mutant.signals(), mutant.proof());
        } finally {
            idle.add(snarkjs);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        both.forEach(Snarkjs::close);
    }
}
