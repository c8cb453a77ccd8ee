package io.aitbc.openclaw.jmh;

import io.aitbc.openclaw.zk.bn254.Fp;
import io.aitbc.openclaw.zk.bn254.Fp2;
import io.aitbc.openclaw.zk.bn254.MultiScalarMultiplication;
import io.aitbc.openclaw.zk.bn254.NumberTheoreticTransform;
import io.aitbc.openclaw.zk.bn254.Point;
import io.aitbc.openclaw.zk.bn254.Scalars;
import io.aitbc.openclaw.zk.bn254.Workers;
import io.aitbc.openclaw.zk.groth16.Groth16Proof;
import io.aitbc.openclaw.zk.prover.Groth16Prover;
import io.aitbc.openclaw.zk.prover.MalformedFileException;
import io.aitbc.openclaw.zk.prover.ProvingKey;
import io.aitbc.openclaw.zk.prover.ProvingKeyFile;
import io.aitbc.openclaw.zk.prover.Witness;
import io.aitbc.openclaw.zk.prover.WitnessFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Random;
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

/** Making a Groth16 proof of 736 constraints, and what it is made of, one thread. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ProvingJmh {
    private final byte[] keyFile = bytes("circuit.zkey");
    private final byte[] witnessFile = bytes("witness.wtns");
    private final ProvingKey key = read(() -> ProvingKeyFile.read(keyFile));
    private final Witness witness = read(() -> WitnessFile.read(witnessFile));
    private final Groth16Prover prover = new Groth16Prover(key, new SecureRandom(), Workers.caller());
    private final NumberTheoreticTransform transform = new NumberTheoreticTransform(key.power());
    private final Scalars scalars = random(key.signals());
    private final Scalars values = random(1 << key.power());

    private interface Reading<T> {
        T read() throws MalformedFileException, InterruptedException;
    }

    private static <T> T read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (MalformedFileException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String file) {
        String resource = "/io/aitbc/openclaw/zk/proving/permutation/" + file;
        try (InputStream input = ProvingJmh.class.getResourceAsStream(resource)) {
            if (input == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return input.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Scalars random(int size) {
        Random random = new Random(1);
        long[] limbs = new long[4 * size];
        for (int i = 0; i < size; i++) {
            BigInteger number = new BigInteger(253, random);
            for (int limb = 0; limb < 4; limb++) {
                limbs[4 * i + limb] = number.shiftRight(64 * limb).longValue();
            }
        }
        return Scalars.of(limbs);
    }

    @Benchmark
    public Groth16Proof proof() {
        return read(() -> prover.prove(witness, percent -> {}));
    }

    @Benchmark
    public ProvingKey keyFromFile() {
        return read(() -> ProvingKeyFile.read(keyFile));
    }

    @Benchmark
    public Point<Fp> sumInG1() {
        return read(() -> MultiScalarMultiplication.sum(key.a(), scalars, Workers.caller()));
    }

    @Benchmark
    public Point<Fp2> sumInG2() {
        return read(() -> MultiScalarMultiplication.sum(key.b2(), scalars, Workers.caller()));
    }

    @Benchmark
    public Scalars transform() {
        return read(() -> {
            transform.evaluate(values);
            return values;
        });
    }
}
