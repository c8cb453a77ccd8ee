package io.aitbc.openclaw.zk.groth16;

import static org.assertj.core.api.Assertions.assertThat;

import com.wavesplatform.zwaves.bn256.Groth16;
import io.aitbc.openclaw.zk.Oracle;
import io.aitbc.openclaw.zk.bn254.Fp;
import io.aitbc.openclaw.zk.bn254.Fp2;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bn254.G1;
import io.aitbc.openclaw.zk.bn254.Point;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same verdict as a native library, on genuine and on wrong claims. */
class ZwavesAgreementTest {
    private static final int LARGER = 0x80;

    private final TestingSetup setup = new TestingSetup(2, 77);
    private final Groth16Verifier verifier = new Groth16Verifier(setup.key());

    @Test
    void claims_get_the_same_verdict() {
        byte[] key = key(setup.key());
        int held = 0;
        for (int i = 0; i < 200; i++) {
            Groth16Claim claim = claim(i);
            boolean ours = verifier.holds(claim);
            assertThat(theirs(key, claim)).as("claim %d", i).isEqualTo(ours);
            held += ours ? 1 : 0;
        }
        assertThat(held).isEqualTo(50);
    }

    /** Of four claims one is genuine. */
    private Groth16Claim claim(int number) {
        List<Fr> signals = List.of(setup.scalar(), Fr.valueOf(number));
        Groth16Claim genuine = setup.forge(signals);
        Groth16Proof proof = genuine.proof();
        return switch (number % 4) {
            case 0 -> genuine;
            case 1 -> new Groth16Claim(proof, List.of(signals.get(1), signals.get(0)));
            case 2 ->
                new Groth16Claim(new Groth16Proof(G1.add(proof.a(), G1.GENERATOR), proof.b(), proof.c()), signals);
            default -> new Groth16Claim(new Groth16Proof(proof.a(), proof.b().negate(), proof.c()), signals);
        };
    }

    private static boolean theirs(byte[] key, Groth16Claim claim) {
        ByteArrayOutputStream proof = new ByteArrayOutputStream();
        proof.writeBytes(g1(claim.proof().a()));
        proof.writeBytes(g2(claim.proof().b()));
        proof.writeBytes(g1(claim.proof().c()));
        ByteArrayOutputStream inputs = new ByteArrayOutputStream();
        claim.signals().forEach(signal -> inputs.writeBytes(signal.bytes()));
        try {
            return Groth16.verify(key, proof.toByteArray(), inputs.toByteArray());
        } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
            return Oracle.missing(
                    "zwaves is not compared with, as it has no library for this machine: " + e.getMessage());
        }
    }

    private static byte[] key(Groth16Key key) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(g1(key.alpha()));
        bytes.writeBytes(g2(key.beta()));
        bytes.writeBytes(g2(key.gamma()));
        bytes.writeBytes(g2(key.delta()));
        key.inputs().forEach(input -> bytes.writeBytes(g1(input)));
        return bytes.toByteArray();
    }

    /** x, big-endian, with a mark where y is the larger one of the two. */
    private static byte[] g1(Point<Fp> point) {
        byte[] bytes = point.x().bytes();
        if (isLarger(point.y().value())) {
            bytes[0] |= (byte) LARGER;
        }
        return bytes;
    }

    private static byte[] g2(Point<Fp2> point) {
        byte[] bytes = new byte[64];
        System.arraycopy(point.x().c1().bytes(), 0, bytes, 0, 32);
        System.arraycopy(point.x().c0().bytes(), 0, bytes, 32, 32);
        BigInteger imaginary = point.y().c1().value();
        boolean larger = imaginary.signum() == 0 ? isLarger(point.y().c0().value()) : isLarger(imaginary);
        if (larger) {
            bytes[0] |= (byte) LARGER;
        }
        return bytes;
    }

    private static boolean isLarger(BigInteger y) {
        return y.shiftLeft(1).compareTo(Fp.PRIME) > 0;
    }
}
