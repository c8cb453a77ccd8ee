package io.aitbc.openclaw.zk.bn254;

/**
 * Raises to a fixed multiple of (p^12 - 1)/r, which makes values of the pairing unique (L. Fuentes-Castañeda, E. Knapp, F.
 * Rodríguez-Henríquez, "Faster hashing to G2", 2011).
 */
final class FinalExponentiation {
    private FinalExponentiation() {}

    static Fp12 of(Fp12 value) {
        Fp12 easy = value.conjugate().multiply(value.inverse());
        return hard(Frobenius.twice(easy).multiply(easy));
    }

    private static Fp12 hard(Fp12 f) {
        Fp12 twiceT = ParameterPower.of(f).cyclotomicSquare();
        Fp12 sixT = twiceT.cyclotomicSquare().multiply(twiceT);
        Fp12 sixTt = ParameterPower.of(sixT);
        Fp12 twelveTtt = ParameterPower.of(sixTt.cyclotomicSquare());
        Fp12 a = twelveTtt.multiply(sixTt).multiply(sixT);
        Fp12 b = a.multiply(twiceT.conjugate());
        return a.multiply(sixTt)
                .multiply(f)
                .multiply(Frobenius.once(b))
                .multiply(Frobenius.twice(a))
                .multiply(Frobenius.once(Frobenius.twice(b.multiply(f.conjugate()))));
    }
}
