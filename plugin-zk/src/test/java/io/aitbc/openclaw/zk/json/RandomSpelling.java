package io.aitbc.openclaw.zk.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Writes a document as other serialisers may write it: members in any order, members and items that are null, white space,
 * escapes nobody needs, numbers in the forms of Python, Rust and C. Read again, it must mean the same.
 */
final class RandomSpelling {
    private final Random random;
    private final StringBuilder out = new StringBuilder();

    private RandomSpelling(Random random) {
        this.random = random;
    }

    /** On one line. */
    static String of(Json document, Random random) {
        RandomSpelling spelling = new RandomSpelling(random);
        spelling.write(document);
        return spelling.out.toString();
    }

    private void write(Json value) {
        space();
        switch (value) {
            case Json.Members members -> members(members);
            case Json.Items items -> items(items);
            case Json.Text text -> quoted(text.value());
            case Json.Whole whole ->
                out.append(whole.digits().equals("0") && random.nextBoolean() ? "-0" : whole.digits());
            case Json.Real real -> out.append(number(real.value()));
            case Json.Flag flag -> out.append(flag.value());
            case Json.Null ignored -> out.append("null");
        }
        space();
    }

    private void members(Json.Members members) {
        List<Json.Member> shuffled = new ArrayList<>(members.list());
        Collections.shuffle(shuffled, random);
        out.append('{');
        for (int i = 0; i < shuffled.size(); i++) {
            out.append(i == 0 ? "" : ",");
            space();
            quoted(shuffled.get(i).name());
            space();
            out.append(':');
            write(shuffled.get(i).value());
        }
        out.append('}');
    }

    private void items(Json.Items items) {
        out.append('[');
        for (int i = 0; i < items.list().size(); i++) {
            out.append(i == 0 ? "" : ",");
            write(items.list().get(i));
        }
        out.append(']');
    }

    private void space() {
        if (random.nextInt(8) == 0) {
            out.append(random.nextBoolean() ? ' ' : '\t');
        }
    }

    private void quoted(String text) {
        out.append('"');
        text.codePoints().forEach(this::letter);
        out.append('"');
    }

    private void letter(int point) {
        boolean half = point >= 0xd800 && point < 0xe000;
        if (point < ' ' || point == '"' || point == '\\' || half || random.nextInt(4) == 0) {
            for (char unit : Character.toChars(point)) {
                out.append(random.nextBoolean() ? "\\u%04x".formatted((int) unit) : "\\u%04X".formatted((int) unit));
            }
        } else {
            out.appendCodePoint(point);
        }
    }

    private String number(double value) {
        String python = SlowCanonicalJson.number(value);
        return switch (random.nextInt(5)) {
            case 0 -> python;
            case 1 -> python.replaceFirst("e([+-])0", "e$1").replace("e+", "e");
            case 2 -> python.replace('e', 'E');
            case 3 -> String.format(java.util.Locale.ROOT, "%.17e", value);
            default ->
                new java.math.BigDecimal(python).unscaledValue().signum() == 0
                        ? python
                        : new java.math.BigDecimal(python).unscaledValue() + "e"
                                + -new java.math.BigDecimal(python).scale();
        };
    }
}
