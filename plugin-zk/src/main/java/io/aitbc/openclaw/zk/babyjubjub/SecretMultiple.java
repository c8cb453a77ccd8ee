package io.aitbc.openclaw.zk.babyjubjub;

import io.aitbc.openclaw.zk.bn254.Fr;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Multiples of the base point by secret numbers: the same additions in the same order for all of them, with a choice that is no branch. Arithmetic on
 * coordinates has rare branches; so the coordinates that a number leads to are scaled, and the number itself is exchanged for another one of the same
 * multiple, both by what an observer does not know (J.-S. Coron, "Resistance against differential power analysis for elliptic curve cryptosystems",
 * 1999, sections 5.1 and 5.3).
 */
final class SecretMultiple {
    /** Bytes that are needed to hide a number. */
    static final int HIDING = Long.BYTES + Fr.BYTES;

    private SecretMultiple() {}

    /** @param hiding {@value #HIDING} bytes or more that are as secret as the number, and others for each number */
    static EdwardsPoint ofBase(SecretScalar number, byte[] hiding) {
        long[] bits = number.blinded(ByteBuffer.wrap(hiding).getLong());
        Fr scale = Fr.valueOf(new BigInteger(1, Arrays.copyOfRange(hiding, Long.BYTES, HIDING)));
        ProjectivePoint base = ProjectivePoint.of(EdwardsPoint.BASE);
        if (!scale.isZero()) {
            base = base.scaled(scale);
        }
        ProjectivePoint sum = ProjectivePoint.NEUTRAL;
        for (int bit = Long.SIZE * bits.length - 1; bit >= 0; bit--) {
            sum = sum.plus(sum);
            long whether = -((bits[bit / Long.SIZE] >>> (bit % Long.SIZE)) & 1);
            sum = sum.or(sum.plus(base), whether);
        }
        return sum.affine();
    }
}
