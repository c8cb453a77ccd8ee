package io.aitbc.openclaw.zk.babyjubjub;

import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bn254.Poseidon;
import java.math.BigInteger;
import java.util.List;

/**
 * A signature of EdDSA-Poseidon over a number: s B = R + 8 h A, with h = Poseidon(R, A, message).
 *
 * @param s below {@link EdwardsPoint#ORDER}, otherwise there would be other spellings of the same signature
 */
public record EddsaSignature(EdwardsPoint r, BigInteger s) {
    private static final Poseidon POSEIDON = new Poseidon(5);

    /**
     * Refuses points off the curve, keys of small order, under which anybody can sign, and an s that is too large.
     *
     * @param key of who signed
     */
    public boolean holds(EdwardsPoint key, Fr message) {
        if (!key.isOnCurve() || key.isOfSmallOrder() || !r.isOnCurve()) {
            return false;
        }
        if (s.signum() < 0 || s.compareTo(EdwardsPoint.ORDER) >= 0) {
            return false;
        }
        EdwardsPoint signed = key.times(BigInteger.valueOf(8))
                .times(challenge(r, key, message).value());
        return EdwardsPoint.BASE.times(s).equals(r.plus(signed));
    }

    static Fr challenge(EdwardsPoint r, EdwardsPoint key, Fr message) {
        return POSEIDON.hash(List.of(r.x(), r.y(), key.x(), key.y(), message));
    }
}
