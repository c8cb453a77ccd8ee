package io.aitbc.openclaw.zk.babyjubjub;

import io.aitbc.openclaw.zk.bn254.Fr;

/**
 * (x/z, y/z). The addition is complete: the same for all pairs of points, as 168700 is a square and 168696 is none (D. Bernstein et al., "Twisted Edwards
 * Curves", 2008/013, section 6).
 */
record ProjectivePoint(Fr x, Fr y, Fr z) {
    static final ProjectivePoint NEUTRAL = of(EdwardsPoint.NEUTRAL);

    static ProjectivePoint of(EdwardsPoint point) {
        return new ProjectivePoint(point.x(), point.y(), Fr.ONE);
    }

    ProjectivePoint plus(ProjectivePoint other) {
        Fr a = z.multiply(other.z);
        Fr b = a.square();
        Fr c = x.multiply(other.x);
        Fr d = y.multiply(other.y);
        Fr e = EdwardsPoint.D.multiply(c).multiply(d);
        Fr f = b.subtract(e);
        Fr g = b.add(e);
        Fr crossed = x.add(y).multiply(other.x.add(other.y)).subtract(c).subtract(d);
        return new ProjectivePoint(
                a.multiply(f).multiply(crossed),
                a.multiply(g).multiply(d.subtract(EdwardsPoint.A.multiply(c))),
                f.multiply(g));
    }

    /** The same point in other numbers. */
    ProjectivePoint scaled(Fr factor) {
        return new ProjectivePoint(x.multiply(factor), y.multiply(factor), z.multiply(factor));
    }

    /** @param whether -1 for the other one, 0 for this one; no branch depends on it */
    ProjectivePoint or(ProjectivePoint other, long whether) {
        return new ProjectivePoint(x.or(other.x, whether), y.or(other.y, whether), z.or(other.z, whether));
    }

    EdwardsPoint affine() {
        Fr inverse = z.inverse();
        return new EdwardsPoint(x.multiply(inverse), y.multiply(inverse));
    }
}
