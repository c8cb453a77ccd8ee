package io.aitbc.openclaw.zk.bn254;

/** Points from outside, checked before anything is computed with them. */
public final class Checked {
    private Checked() {}

    /**
     * @param name for the error text
     * @throws IllegalArgumentException if the point is not on the curve, or is infinity
     */
    public static Point<Fp> finiteG1(String name, Point<Fp> point) {
        if (point.infinite()) {
            throw new IllegalArgumentException(name + " is the point at infinity");
        }
        return g1(name, point);
    }

    /** As {@link #finiteG1}, but infinity may pass. */
    public static Point<Fp> g1(String name, Point<Fp> point) {
        if (!G1.contains(point)) {
            throw new IllegalArgumentException(name + " is not a point of the curve");
        }
        return point;
    }

    /** @throws IllegalArgumentException if the point is not on the twist, not in the subgroup, or is infinity */
    public static Point<Fp2> finiteG2(String name, Point<Fp2> point) {
        if (point.infinite()) {
            throw new IllegalArgumentException(name + " is the point at infinity");
        }
        if (!G2.isOnTwist(point)) {
            throw new IllegalArgumentException(name + " is not a point of the curve");
        }
        if (!G2.contains(point)) {
            throw new IllegalArgumentException(name + " is a point outside the subgroup G2");
        }
        return point;
    }
}
