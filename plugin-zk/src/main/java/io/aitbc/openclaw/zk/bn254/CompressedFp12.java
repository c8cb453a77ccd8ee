package io.aitbc.openclaw.zk.bn254;

import java.util.ArrayList;
import java.util.List;

/**
 * An element whose order divides p^4 - p^2 + 1, without two of its six coefficients: they follow from the others, which are squared without them, in
 * two thirds of the time (K. Karabina, "Squaring in cyclotomic subgroups", 2010/542).
 *
 * @param b0 coefficient of w
 * @param b1 of w^4
 * @param d0 of w^2
 * @param d1 of w^5
 */
record CompressedFp12(Fp2 b0, Fp2 b1, Fp2 d0, Fp2 d1) {
    static CompressedFp12 of(Fp12 value) {
        return new CompressedFp12(
                value.c1().c0(), value.c0().c2(), value.c0().c1(), value.c1().c2());
    }

    CompressedFp12 square() {
        Fp2 twiceB = b0.multiply(b1).twice();
        Fp2 twiceD = d0.multiply(d1).twice().timesXi();
        return new CompressedFp12(
                Fp12.threefoldPlusTwice(twiceD, b0),
                Fp12.threefoldMinusTwice(Fp12.sumOfSquares(d0, d1), b1),
                Fp12.threefoldMinusTwice(Fp12.sumOfSquares(b0, b1), d0),
                Fp12.threefoldPlusTwice(twiceB, d1));
    }

    /** Whether the missing coefficients follow by {@link #decompressed}; otherwise it is one, or one of few others. */
    boolean isDecompressible() {
        return !b0.isZero();
    }

    /** The elements, with one inversion for all of them. */
    static List<Fp12> decompressed(List<CompressedFp12> values) {
        List<Fp2> inverses = Inverses.of(
                values.stream().map(value -> value.b0.twice().twice()).toList());
        List<Fp12> elements = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            elements.add(values.get(i).decompressed(inverses.get(i)));
        }
        return elements;
    }

    /** @param inverse of {@code 4*b0} */
    private Fp12 decompressed(Fp2 inverse) {
        Fp2 a1 = d1.square()
                .timesXi()
                .add(d0.square().threefold())
                .subtract(b1.twice())
                .multiply(inverse);
        Fp2 a0 = a1.square()
                .twice()
                .add(b0.multiply(d1))
                .subtract(b1.multiply(d0).threefold())
                .timesXi()
                .add(Fp2.ONE);
        return new Fp12(new Fp6(a0, d0, b1), new Fp6(b0, a1, d1));
    }
}
