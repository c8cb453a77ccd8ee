package io.aitbc.openclaw.jmh;

import io.aitbc.openclaw.zk.log.MerkleProofs;
import io.aitbc.openclaw.zk.log.MerkleTree;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Proofs of a Merkle log with 100,000 leaves, one thread, without a disk. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LogJmh {
    private static final int LEAVES = 100_000;
    private static final int INDEX = 54_321;
    private static final int EARLIER = 77_777;

    private final MerkleTree tree = tree();
    private final MerkleProofs proofs = new MerkleProofs();
    private final byte[] root = tree.root(LEAVES);
    private final byte[] earlierRoot = tree.root(EARLIER);
    private final List<byte[]> inclusion = tree.inclusion(INDEX, LEAVES);
    private final List<byte[]> consistency = tree.consistency(EARLIER, LEAVES);

    private static MerkleTree tree() {
        MerkleTree tree = new MerkleTree();
        for (int i = 0; i < LEAVES; i++) {
            tree.append(leaf(i));
        }
        return tree;
    }

    private static byte[] leaf(int number) {
        return ByteBuffer.allocate(500).putInt(number).array();
    }

    @Benchmark
    public boolean inclusionChecked() {
        return proofs.included(leaf(INDEX), INDEX, LEAVES, inclusion, root);
    }

    @Benchmark
    public boolean consistencyChecked() {
        return proofs.consistent(EARLIER, earlierRoot, LEAVES, root, consistency);
    }

    @Benchmark
    public List<byte[]> inclusionMade() {
        return tree.inclusion(INDEX, LEAVES);
    }
}
