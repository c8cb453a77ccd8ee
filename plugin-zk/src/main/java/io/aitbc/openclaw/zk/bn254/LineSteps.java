package io.aitbc.openclaw.zk.bn254;

/**
 * Walks through multiples of a point of G2 and gives the line of each step. The multiple is kept as (x/z, y/z): C. Costello, T. Lange,
 * M. Naehrig, "Faster pairing computations on curves with high-degree twists", 2009/615; D. Aranha et al., 2010/526.
 */
final class LineSteps {
    private static final Fp HALF = Fp.ONE.twice().inverse();
    private static final Fp2 THREE_B = G2.B.threefold();

    private final Point<Fp2> point;
    private final Point<Fp2> negated;
    private Fp2 x;
    private Fp2 y;
    private Fp2 z = Fp2.ONE;

    /** @param point not infinite */
    LineSteps(Point<Fp2> point) {
        this.point = point;
        negated = point.negate();
        x = point.x();
        y = point.y();
    }

    /** The tangent; the multiple is doubled. */
    Line doubled() {
        Fp2 a = x.multiply(y).multiply(HALF);
        Fp2 b = y.square();
        Fp2 c = z.square();
        Fp2 e = THREE_B.multiply(c);
        Fp2 f = e.threefold();
        Fp2 g = b.add(f).multiply(HALF);
        Fp2 h = y.add(z).square().subtract(b.add(c));
        Line line = new Line(h.negate(), x.square().threefold(), e.subtract(b));
        x = a.multiply(b.subtract(f));
        y = g.square().subtract(e.square().threefold());
        z = b.multiply(h);
        return line;
    }

    /** @param digit 1 or -1: adds or subtracts the point */
    Line added(int digit) {
        return added(digit > 0 ? point : negated);
    }

    /** Adds the image of the point under the p-power map. */
    Line addedOnceMapped() {
        return added(Frobenius.once(point));
    }

    /** Subtracts the image of the point under the p^2-power map. */
    Line subtractedTwiceMapped() {
        return added(Frobenius.once(Frobenius.once(point)).negate());
    }

    /** The line through the multiple and another point, which is added. */
    private Line added(Point<Fp2> other) {
        Fp2 o = y.subtract(other.y().multiply(z));
        Fp2 l = x.subtract(other.x().multiply(z));
        Fp2 d = l.square();
        Fp2 e = d.multiply(l);
        Fp2 f = z.multiply(o.square());
        Fp2 g = x.multiply(d);
        Fp2 h = e.add(f).subtract(g.twice());
        x = l.multiply(h);
        y = o.multiply(g.subtract(h)).subtract(e.multiply(y));
        z = z.multiply(e);
        return new Line(l, o.negate(), o.multiply(other.x()).subtract(l.multiply(other.y())));
    }
}
