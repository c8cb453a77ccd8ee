package io.aitbc.openclaw.zk.json;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** Documents of all shapes, repeatable by their seed. */
public final class RandomJson {
    private static final int[] LETTERS = {
        0, 8, 9, 10, 12, 13, 31, ' ', '"', '/', 'a', 'b', '\\', '~', 0x7f, 0x80, 0xe4, 0x2028, 0xd7ff, 0xd83d, 0xde00,
        0xe000, 0xffff, 0x1f600
    };
    /** Where the forms of a number change, and where doubles end. */
    private static final double[] REALS = {
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.1,
        1e-4,
        1e-5,
        1e-6,
        9.999e-5,
        1e15,
        1e16,
        9007199254740993.0,
        123456789012345680.0,
        1e22,
        1e23,
        5e-324,
        2.2250738585072014e-308,
        Double.MAX_VALUE
    };

    private RandomJson() {}

    public static Json value(Random random, int depth) {
        return switch (random.nextInt(depth < 4 ? 9 : 7)) {
            case 0 -> new Json.Null();
            case 1 -> new Json.Flag(random.nextBoolean());
            case 2 -> new Json.Whole(new BigInteger(1 + random.nextInt(120), random).toString());
            case 3 -> new Json.Real(real(random));
            case 4, 5, 6 -> new Json.Text(text(random));
            case 7 -> items(random, depth);
            default -> members(random, depth);
        };
    }

    private static double real(Random random) {
        if (random.nextInt(3) == 0) {
            return REALS[random.nextInt(REALS.length)];
        }
        double any = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(any) && random.nextBoolean()
                ? any
                : random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
    }

    private static Json items(Random random, int depth) {
        List<Json> items = new ArrayList<>();
        for (int count = random.nextInt(5); count > 0; count--) {
            items.add(value(random, depth + 1));
        }
        return new Json.Items(items);
    }

    private static Json members(Random random, int depth) {
        TreeMap<String, Json> members = new TreeMap<>(CodePoints::compare);
        for (int count = random.nextInt(6); count > 0; count--) {
            members.put(name(random), value(random, depth + 1));
        }
        return new Json.Members(members.entrySet().stream()
                .map(entry -> new Json.Member(entry.getKey(), entry.getValue()))
                .toList());
    }

    /** Without halves of pairs, which the reader refuses in names. */
    private static String name(Random random) {
        return text(random).replaceAll("[\\ud800-\\udfff]", "x");
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(6), 0, LETTERS.length)
                .map(index -> LETTERS[index])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
