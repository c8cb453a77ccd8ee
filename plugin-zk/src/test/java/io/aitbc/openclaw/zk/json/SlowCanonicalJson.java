package io.aitbc.openclaw.zk.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A second writer of canonical JSON, written for clarity from Python's documentation and sharing no code with the first: it
 * finds shortest numbers by trying, sorts names as lists of code points and escapes through formatting.
 */
public final class SlowCanonicalJson {
    private SlowCanonicalJson() {}

    public static String write(Json value) {
        return switch (value) {
            case Json.Members members ->
                members.list().stream()
                        .filter(member -> !(member.value() instanceof Json.Null))
                        .sorted(Comparator.comparing(
                                member -> member.name().codePoints().boxed().toList(), SlowCanonicalJson::compare))
                        .map(member -> quote(member.name()) + ":" + write(member.value()))
                        .collect(java.util.stream.Collectors.joining(",", "{", "}"));
            case Json.Items items ->
                items.list().stream()
                        .filter(item -> !(item instanceof Json.Null))
                        .map(SlowCanonicalJson::write)
                        .collect(java.util.stream.Collectors.joining(",", "[", "]"));
            case Json.Text text -> quote(text.value());
            case Json.Whole whole -> new BigInteger(whole.digits()).toString();
            case Json.Real real -> number(real.value());
            case Json.Flag flag -> String.valueOf(flag.value());
            case Json.Null ignored -> "null";
        };
    }

    private static int compare(List<Integer> one, List<Integer> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return one.size() - other.size();
    }

    private static String quote(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char unit : text.toCharArray()) {
            int known = "\"\\\b\f\n\r\t".indexOf(unit);
            if (known >= 0) {
                out.append('\\').append("\"\\bfnrt".charAt(known));
            } else if (unit < ' ' || unit > '~') {
                out.append("\\u%04x".formatted((int) unit));
            } else {
                out.append(unit);
            }
        }
        return out.append('"').toString();
    }

    static String number(double value) {
        if (value == 0) {
            return Double.doubleToRawLongBits(value) == 0 ? "0.0" : "-0.0";
        }
        BigDecimal shortest = shortest(Math.abs(value));
        String digits = shortest.unscaledValue().toString();
        int magnitude = digits.length() - 1 - shortest.scale();
        String sign = value < 0 ? "-" : "";
        if (magnitude < -4 || magnitude >= 16) {
            String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
            return sign + mantissa + "e" + (magnitude < 0 ? "-" : "+") + "%02d".formatted(Math.abs(magnitude));
        }
        String plain = shortest.toPlainString();
        return sign + (plain.contains(".") ? plain : plain + ".0");
    }

    /** The decimal with the fewest digits that reads back as the value, and of those the nearest. */
    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int precision = 1; precision < 18; precision++) {
            List<BigDecimal> fitting = new ArrayList<>();
            for (RoundingMode mode : new RoundingMode[] {RoundingMode.HALF_EVEN, RoundingMode.UP, RoundingMode.DOWN}) {
                BigDecimal rounded = exact.round(new MathContext(precision, mode));
                if (rounded.doubleValue() == value) {
                    fitting.add(rounded);
                }
            }
            if (!fitting.isEmpty()) {
                return fitting.stream()
                        .min(Comparator.comparing(it -> it.subtract(exact).abs()))
                        .orElseThrow()
                        .stripTrailingZeros();
            }
        }
        throw new IllegalStateException("no decimal reads back as " + value);
    }
}
