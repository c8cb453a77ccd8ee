package io.aitbc.openclaw.zk.bn254;

/** {@code c0 + c1*v + c2*v^2} with {@code v^3 = xi}. */
public record Fp6(Fp2 c0, Fp2 c1, Fp2 c2) {
    static final Fp6 ZERO = new Fp6(Fp2.ZERO, Fp2.ZERO, Fp2.ZERO);
    static final Fp6 ONE = new Fp6(Fp2.ONE, Fp2.ZERO, Fp2.ZERO);

    Fp6 add(Fp6 other) {
        return new Fp6(c0.add(other.c0), c1.add(other.c1), c2.add(other.c2));
    }

    Fp6 subtract(Fp6 other) {
        return new Fp6(c0.subtract(other.c0), c1.subtract(other.c1), c2.subtract(other.c2));
    }

    Fp6 negate() {
        return new Fp6(c0.negate(), c1.negate(), c2.negate());
    }

    /** Karatsuba's way: six products instead of nine. */
    Fp6 multiply(Fp6 other) {
        Fp2 product0 = c0.multiply(other.c0);
        Fp2 product1 = c1.multiply(other.c1);
        Fp2 product2 = c2.multiply(other.c2);
        Fp2 cross12 = c1.add(c2).multiply(other.c1.add(other.c2)).subtract(product1.add(product2));
        Fp2 cross01 = c0.add(c1).multiply(other.c0.add(other.c1)).subtract(product0.add(product1));
        Fp2 cross02 = c0.add(c2).multiply(other.c0.add(other.c2)).subtract(product0.add(product2));
        return new Fp6(product0.add(cross12.timesXi()), cross01.add(product2.timesXi()), cross02.add(product1));
    }

    /** Times {@code b0 + b1*v}: five products. */
    Fp6 multiply(Fp2 b0, Fp2 b1) {
        Fp2 product0 = c0.multiply(b0);
        Fp2 product1 = c1.multiply(b1);
        Fp2 cross = c0.add(c1).multiply(b0.add(b1)).subtract(product0.add(product1));
        return new Fp6(
                c2.multiply(b1).timesXi().add(product0), cross, c2.multiply(b0).add(product1));
    }

    Fp6 multiply(Fp2 factor) {
        return new Fp6(c0.multiply(factor), c1.multiply(factor), c2.multiply(factor));
    }

    /** Times v. */
    Fp6 timesV() {
        return new Fp6(c2.timesXi(), c0, c1);
    }

    Fp6 inverse() {
        Fp2 cofactor0 = c0.square().subtract(c1.multiply(c2).timesXi());
        Fp2 cofactor1 = c2.square().timesXi().subtract(c0.multiply(c1));
        Fp2 cofactor2 = c1.square().subtract(c0.multiply(c2));
        Fp2 norm = c1.multiply(cofactor2)
                .add(c2.multiply(cofactor1))
                .timesXi()
                .add(c0.multiply(cofactor0))
                .inverse();
        return new Fp6(cofactor0.multiply(norm), cofactor1.multiply(norm), cofactor2.multiply(norm));
    }
}
