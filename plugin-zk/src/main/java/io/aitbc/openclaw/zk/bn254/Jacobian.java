package io.aitbc.openclaw.zk.bn254;

import java.util.ArrayList;
import java.util.List;

/**
 * A point (x/z^2, y/z^3) of a curve y^2 = x^3 + b; infinity where z is zero. Formulas dbl-2009-l, add-2007-bl and madd-2007-bl of the
 * Explicit-Formulas Database (D. J. Bernstein, T. Lange).
 */
record Jacobian<F extends FieldElement<F>>(F x, F y, F z) {
    static <F extends FieldElement<F>> Jacobian<F> of(Point<F> point) {
        return new Jacobian<>(
                point.infinite() ? point.x().one() : point.x(),
                point.infinite() ? point.x().one() : point.y(),
                point.infinite() ? point.x().zero() : point.x().one());
    }

    /** @param zero of the field */
    static <F extends FieldElement<F>> Jacobian<F> infinity(F zero) {
        return new Jacobian<>(zero.one(), zero.one(), zero);
    }

    boolean infinite() {
        return z.isZero();
    }

    Jacobian<F> negate() {
        return new Jacobian<>(x, y.negate(), z);
    }

    Jacobian<F> twice() {
        F a = x.square();
        F b = y.square();
        F c = b.square();
        F d = x.multiply(b).twice().twice();
        F e = a.twice().add(a);
        F x3 = e.square().subtract(d.twice());
        F y3 = e.multiply(d.subtract(x3)).subtract(c.twice().twice().twice());
        return new Jacobian<>(x3, y3, y.multiply(z).twice());
    }

    Jacobian<F> add(Jacobian<F> other) {
        if (infinite()) {
            return other;
        }
        if (other.infinite()) {
            return this;
        }
        F zz = z.square();
        F otherZz = other.z.square();
        F u = x.multiply(otherZz);
        F h = other.x.multiply(zz).subtract(u);
        F s = y.multiply(other.z).multiply(otherZz);
        F r = other.y.multiply(z).multiply(zz).subtract(s);
        return sum(u, s, h, r, z.multiply(other.z));
    }

    Jacobian<F> add(Point<F> other) {
        if (other.infinite()) {
            return this;
        }
        if (infinite()) {
            return of(other);
        }
        F zz = z.square();
        F h = other.x().multiply(zz).subtract(x);
        F r = other.y().multiply(z).multiply(zz).subtract(y);
        return sum(x, y, h, r, z);
    }

    /**
     * The sum of (u, s) and the point that lies h and r away from it, both over the common denominator z.
     */
    private Jacobian<F> sum(F u, F s, F h, F r, F commonZ) {
        if (h.isZero()) {
            return r.isZero() ? twice() : infinity(z.zero());
        }
        F hh = h.square();
        F hhh = hh.multiply(h);
        F v = u.multiply(hh);
        F x3 = r.square().subtract(hhh).subtract(v.twice());
        F y3 = r.multiply(v.subtract(x3)).subtract(s.multiply(hhh));
        return new Jacobian<>(x3, y3, commonZ.multiply(h));
    }

    boolean sameAs(Jacobian<F> other) {
        if (infinite() || other.infinite()) {
            return infinite() == other.infinite();
        }
        F zz = z.square();
        F otherZz = other.z.square();
        return x.multiply(otherZz).equals(other.x.multiply(zz))
                && y.multiply(otherZz)
                        .multiply(other.z)
                        .equals(other.y.multiply(zz).multiply(z));
    }

    /** All of them, with one inversion. */
    static <F extends FieldElement<F>> List<Point<F>> toAffine(List<Jacobian<F>> points) {
        List<F> inverses = Inverses.of(points.stream()
                .map(point -> point.infinite() ? point.z.one() : point.z)
                .toList());
        List<Point<F>> affine = new ArrayList<>(points.size());
        for (int i = 0; i < points.size(); i++) {
            affine.add(points.get(i).toAffine(inverses.get(i)));
        }
        return affine;
    }

    Point<F> toAffine() {
        return infinite() ? Point.infinity(z) : toAffine(z.inverse());
    }

    private Point<F> toAffine(F inverse) {
        if (infinite()) {
            return Point.infinity(z);
        }
        F square = inverse.square();
        return Point.of(x.multiply(square), y.multiply(square).multiply(inverse));
    }
}
