package io.aitbc.openclaw.zk.bn254;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;

/** The steps of the optimal ate pairing (F. Vercauteren, "Optimal pairings", 2008/096). */
final class AteLoop {
    private static final BigInteger LENGTH =
            Curve.PARAMETER.multiply(BigInteger.valueOf(6)).add(BigInteger.TWO);

    private static final byte[] DIGITS = digits();

    private AteLoop() {}

    /**
     * @param square called before each doubling but the first one
     * @param step called with each step in its order
     */
    static void run(Runnable square, Consumer<Function<LineSteps, Line>> step) {
        for (int i = DIGITS.length - 2; i >= 0; i--) {
            if (i < DIGITS.length - 2) {
                square.run();
            }
            step.accept(LineSteps::doubled);
            int digit = DIGITS[i];
            if (digit != 0) {
                step.accept(steps -> steps.added(digit));
            }
        }
        step.accept(LineSteps::addedOnceMapped);
        step.accept(LineSteps::subtractedTwiceMapped);
    }

    /** From the most significant one on, which is not zero. */
    private static byte[] digits() {
        byte[] naf = Naf.of(LENGTH, 2);
        int length = naf.length;
        while (naf[length - 1] == 0) {
            length--;
        }
        return Arrays.copyOf(naf, length);
    }
}
