package io.aitbc.openclaw.zk.plonk;

import io.aitbc.openclaw.zk.bn254.Fp;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bn254.Point;
import java.math.BigInteger;
import java.util.List;
import org.bouncycastle.crypto.digests.KeccakDigest;

/** What prover and verifier said so far in one round; its Keccak-256 hash, modulo the group order, is the next challenge. */
final class Transcript {
    private final KeccakDigest digest = new KeccakDigest(256);

    Transcript scalar(Fr scalar) {
        digest.update(scalar.bytes(), 0, Fr.BYTES);
        return this;
    }

    Transcript scalars(List<Fr> scalars) {
        scalars.forEach(this::scalar);
        return this;
    }

    /** x and y, big-endian; zeros for infinity. */
    Transcript point(Point<Fp> point) {
        digest.update(point.x().bytes(), 0, Fr.BYTES);
        digest.update(point.y().bytes(), 0, Fr.BYTES);
        return this;
    }

    Transcript points(List<Point<Fp>> points) {
        points.forEach(this::point);
        return this;
    }

    Fr challenge() {
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        return Fr.valueOf(new BigInteger(1, hash));
    }
}
