package io.aitbc.openclaw.devnet;

import java.math.BigDecimal;

/**
 * The shortest decimal digits that read back as the same double, laid out as Python or as Rust does. The two sides of the
 * real coordinator: it signs with Python's {@code repr} and answers through a serialiser written in Rust.
 */
final class FloatText {
    private FloatText() {}

    /** As Python's {@code repr}: {@code 1e-05}, {@code 0.0001}, {@code 1e+16}, {@code -0.0}. */
    static String python(double value) {
        Digits digits = Digits.of(value);
        int point = digits.point();
        if (point > -4 && point <= 16) {
            return digits.sign() + plain(digits);
        }
        int exponent = point - 1;
        String sign = exponent < 0 ? "-" : "+";
        String magnitude = Integer.toString(Math.abs(exponent));
        return digits.sign() + mantissa(digits) + "e" + sign + (magnitude.length() < 2 ? "0" : "") + magnitude;
    }

    /** As Rust's ryu: {@code 0.00001}, {@code 1e-6}, {@code 1e16}, {@code -0.0}. */
    static String rust(double value) {
        Digits digits = Digits.of(value);
        int point = digits.point();
        if (point > -5 && point <= 16) {
            return digits.sign() + plain(digits);
        }
        return digits.sign() + mantissa(digits) + "e" + (point - 1);
    }

    private static String plain(Digits digits) {
        String text = digits.text();
        int point = digits.point();
        if (point <= 0) {
            return "0." + "0".repeat(-point) + text;
        }
        if (point >= text.length()) {
            return text + "0".repeat(point - text.length()) + ".0";
        }
        return text.substring(0, point) + "." + text.substring(point);
    }

    private static String mantissa(Digits digits) {
        String text = digits.text();
        return text.length() == 1 ? text : text.charAt(0) + "." + text.substring(1);
    }

    /**
     * A value as 0.TEXT times ten to the power of POINT.
     *
     * @param text no leading and no trailing zeros, except for zero itself
     */
    private record Digits(String sign, String text, int point) {
        static Digits of(double value) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("JSON has no " + value);
            }
            String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
            double magnitude = Math.abs(value);
            if (magnitude == 0) {
                return new Digits(sign, "0", 1);
            }
            BigDecimal decimal = shortest(magnitude).stripTrailingZeros();
            String text = decimal.unscaledValue().toString();
            return new Digits(sign, text, text.length() - decimal.scale());
        }

        /** Java always writes two digits: where one is enough (5e-324), the nearest such is wanted. */
        private static BigDecimal shortest(double magnitude) {
            BigDecimal decimal = new BigDecimal(Double.toString(magnitude)).stripTrailingZeros();
            if (decimal.precision() != 2) {
                return decimal;
            }
            int scale = decimal.scale() - 1;
            BigDecimal below = decimal.setScale(scale, java.math.RoundingMode.DOWN);
            BigDecimal above = decimal.setScale(scale, java.math.RoundingMode.UP);
            BigDecimal exact = new BigDecimal(magnitude);
            boolean belowNearer =
                    exact.subtract(below).abs().compareTo(exact.subtract(above).abs()) <= 0;
            BigDecimal nearer = belowNearer ? below : above;
            BigDecimal farther = belowNearer ? above : below;
            if (nearer.doubleValue() == magnitude) {
                return nearer;
            }
            return farther.doubleValue() == magnitude ? farther : decimal;
        }
    }
}
