package io.aitbc.openclaw.zk.json;

import java.math.BigDecimal;
import java.math.MathContext;

/** Floating-point numbers as Python's {@code repr} writes them: the shortest text that reads back as the same double. */
final class PythonFloats {
    private PythonFloats() {}

    static String repr(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        double size = Math.abs(value);
        String text = size < Double.MIN_NORMAL ? subnormal(size) : Double.toString(size);
        int exponentMark = text.indexOf('E');
        String mantissa = exponentMark < 0 ? text : text.substring(0, exponentMark);
        int exponent = exponentMark < 0 ? 0 : Integer.parseInt(text, exponentMark + 1, text.length(), 10);
        int point = mantissa.indexOf('.');
        String all = mantissa.substring(0, point) + mantissa.substring(point + 1);
        int first = 0;
        while (all.charAt(first) == '0') {
            first++;
        }
        int last = all.length();
        while (all.charAt(last - 1) == '0') {
            last--;
        }
        return (value < 0 ? "-" : "") + layOut(all.substring(first, last), exponent + point - first - 1);
    }

    /** {@code Double.toString} never writes fewer than two digits, so where one is enough it is not the shortest. */
    private static String subnormal(double size) {
        BigDecimal oneDigit = new BigDecimal(size).round(new MathContext(1));
        return oneDigit.doubleValue() == size
                ? oneDigit.unscaledValue() + ".0E" + -oneDigit.scale()
                : Double.toString(size);
    }

    /** @param magnitude power of ten of the first digit */
    private static String layOut(String digits, int magnitude) {
        int count = digits.length();
        if (magnitude < -4 || magnitude >= 16) {
            String fraction = count == 1 ? "" : "." + digits.substring(1);
            int power = Math.abs(magnitude);
            return digits.charAt(0) + fraction + (magnitude < 0 ? "e-" : "e+") + (power < 10 ? "0" : "") + power;
        }
        if (magnitude < 0) {
            return "0." + "0".repeat(-magnitude - 1) + digits;
        }
        if (count <= magnitude + 1) {
            return digits + "0".repeat(magnitude + 1 - count) + ".0";
        }
        return digits.substring(0, magnitude + 1) + "." + digits.substring(magnitude + 1);
    }
}
