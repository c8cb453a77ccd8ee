package io.aitbc.openclaw.jmh;

import io.aitbc.openclaw.zk.bn254.Fp;
import io.aitbc.openclaw.zk.bn254.Fp12;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bn254.G1;
import io.aitbc.openclaw.zk.bn254.G2;
import io.aitbc.openclaw.zk.bn254.PairingProduct;
import io.aitbc.openclaw.zk.bn254.Point;
import io.aitbc.openclaw.zk.bn254.Poseidon;
import io.aitbc.openclaw.zk.groth16.Groth16Claim;
import io.aitbc.openclaw.zk.groth16.Groth16Verifier;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.plonk.PlonkProof;
import io.aitbc.openclaw.zk.plonk.PlonkVerifier;
import io.aitbc.openclaw.zk.snarkjs.SnarkjsReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
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

/** What checking proofs over BN254 is made of, one thread; {@link VerdictJmh} measures the whole. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ProofsJmh {
    private final SnarkjsReader reader = new SnarkjsReader();
    private final Groth16Verifier groth16 =
            read(() -> new Groth16Verifier(reader.groth16Key(text("circuits/keys/receipt_public.json"))));
    private final Groth16Claim claim = read(() -> new Groth16Claim(
            reader.groth16Proof(text("proofs/receipt_public/proof.json")),
            reader.signals(text("proofs/receipt_public/public.json"))));
    private final PlonkVerifier plonk =
            read(() -> new PlonkVerifier(reader.plonkKey(text("proofs/plonk_sums/verification_key.json"))));
    private final PlonkProof plonkProof = read(() -> reader.plonkProof(text("proofs/plonk_sums/proof.json")));
    private final List<Fr> plonkSignals = read(() -> reader.signals(text("proofs/plonk_sums/public.json")));
    private final Poseidon poseidon = new Poseidon(4);
    private final List<Fr> inputs = List.of(Fr.valueOf(1), Fr.valueOf(2), Fr.valueOf(3), Fr.valueOf(4));
    private final BigInteger scalar = Fr.ORDER.subtract(BigInteger.TWO);

    private interface Reading<T> {
        T read() throws MalformedDocumentException;
    }

    private static <T> T read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (MalformedDocumentException e) {
            throw new IllegalStateException(e);
        }
    }

    static String text(String resource) {
        try (InputStream input = ProofsJmh.class.getResourceAsStream("/io/aitbc/openclaw/zk/" + resource)) {
            if (input == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Benchmark
    public boolean groth16() {
        return groth16.holds(claim);
    }

    @Benchmark
    public boolean plonk() {
        return plonk.holds(plonkProof, plonkSignals);
    }

    @Benchmark
    public Fp12 pairing() {
        return new PairingProduct().with(claim.proof().a(), claim.proof().b()).value();
    }

    @Benchmark
    public boolean subgroupOfG2() {
        return G2.contains(claim.proof().b());
    }

    @Benchmark
    public Point<Fp> multiplicationInG1() {
        return G1.multiply(claim.proof().a(), scalar);
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public Fp multiplicationOfCoordinates() {
        return claim.proof().a().x().multiply(claim.proof().a().y());
    }

    @Benchmark
    public Fr poseidonOfFour() {
        return poseidon.hash(inputs);
    }
}
