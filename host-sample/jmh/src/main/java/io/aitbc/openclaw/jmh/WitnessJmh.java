package io.aitbc.openclaw.jmh;

import io.aitbc.openclaw.zk.babyjubjub.EddsaKey;
import io.aitbc.openclaw.zk.babyjubjub.EddsaSignature;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.circuit.RefusedInputException;
import io.aitbc.openclaw.zk.circuit.SignalProgram;
import io.aitbc.openclaw.zk.receiptchain.Receipt;
import io.aitbc.openclaw.zk.receiptchain.ReceiptInputs;
import io.aitbc.openclaw.zk.receiptchain.ReceiptTree;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
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

/** All signals of receipt_chain, 7,244 constraints, and what its inputs are made with, one thread. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class WitnessJmh {
    private final EddsaKey key = new EddsaKey(new byte[32]);
    private final Receipt receipt = new Receipt("1".repeat(64), "2".repeat(64), BigInteger.valueOf(108), Fr.valueOf(7));
    private final EddsaSignature signature = key.sign(receipt.hash());
    private final ReceiptTree tree = new ReceiptTree();
    private final Map<String, List<BigInteger>> inputs = inputs();

    private Map<String, List<BigInteger>> inputs() {
        int place = tree.append(receipt);
        return ReceiptInputs.of(
                receipt, key.publicKey(), signature, tree.path(place), tree.root(), BigInteger.valueOf(200));
    }

    @Benchmark
    public long[] signals() throws RefusedInputException, InterruptedException {
        return new SignalProgram().compute(inputs);
    }

    @Benchmark
    public EddsaSignature sign() {
        return key.sign(receipt.hash());
    }

    @Benchmark
    public boolean verify() {
        return signature.holds(key.publicKey(), receipt.hash());
    }
}
