package io.aitbc.openclaw.bench.squarings;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Many multiples of one point on a curve y^2 = x^3 + b: digit by digit for all at once, so that they share inversions. Takes some microseconds for
 * each addition, which is enough for keys of thousands of constraints.
 */
final class Multiples<E> {
    /** Neither infinity. */
    record Affine<E>(E x, E y) {}

    private static final int DIGIT_BITS = 8;
    private static final int DIGITS = 32;
    private static final int LARGEST_DIGIT = (1 << DIGIT_BITS) - 1;

    private final Field<E> field;

    /** For each digit, 1 to 255 times the power of 256 that belongs to it. */
    private final List<List<Affine<E>>> tables = new ArrayList<>();

    /** Sums start here, so that none of them is ever infinity. */
    private final Affine<E> offset;

    Multiples(Field<E> field, Affine<E> generator) {
        this.field = field;
        List<Affine<E>> powers = new ArrayList<>();
        Affine<E> power = generator;
        for (int digit = 0; digit < DIGITS; digit++) {
            powers.add(power);
            for (int i = 0; i < DIGIT_BITS; i++) {
                power = twice(power);
            }
            tables.add(new ArrayList<>());
        }
        offset = power;
        List<Affine<E>> row = new ArrayList<>(powers);
        append(row);
        row.replaceAll(this::twice);
        append(row);
        for (int multiple = 3; multiple <= LARGEST_DIGIT; multiple++) {
            add(row, all(DIGITS), powers);
            append(row);
        }
    }

    private void append(List<Affine<E>> row) {
        for (int digit = 0; digit < DIGITS; digit++) {
            tables.get(digit).add(row.get(digit));
        }
    }

    private static List<Integer> all(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private Affine<E> twice(Affine<E> point) {
        E square = field.multiply(point.x(), point.x());
        E slope = field.multiply(
                field.add(field.add(square, square), square), field.invert(field.add(point.y(), point.y())));
        return third(point, point.x(), slope);
    }

    /** The other end of the line through a point and one with this x. */
    private Affine<E> third(Affine<E> point, E otherX, E slope) {
        E x = field.subtract(field.subtract(field.multiply(slope, slope), point.x()), otherX);
        return new Affine<>(x, field.subtract(field.multiply(slope, field.subtract(point.x(), x)), point.y()));
    }

    /** Adds to some of the sums; none of them is what is added, or its opposite. */
    private void add(List<Affine<E>> sums, List<Integer> which, List<Affine<E>> addends) {
        List<E> runs = new ArrayList<>(which.size());
        for (int i = 0; i < which.size(); i++) {
            runs.add(field.subtract(addends.get(i).x(), sums.get(which.get(i)).x()));
        }
        List<E> inverses = field.invertAll(runs);
        for (int i = 0; i < which.size(); i++) {
            Affine<E> sum = sums.get(which.get(i));
            Affine<E> addend = addends.get(i);
            E slope = field.multiply(field.subtract(addend.y(), sum.y()), inverses.get(i));
            sums.set(which.get(i), third(sum, addend.x(), slope));
        }
    }

    /**
     * @param scalars none of them a multiple of the group's order
     * @throws ArithmeticException when one is
     */
    List<Affine<E>> of(List<BigInteger> scalars) {
        List<Affine<E>> sums = new ArrayList<>(Collections.nCopies(scalars.size(), offset));
        for (int digit = 0; digit < DIGITS; digit++) {
            List<Integer> which = new ArrayList<>();
            List<Affine<E>> addends = new ArrayList<>();
            for (int i = 0; i < scalars.size(); i++) {
                int value = scalars.get(i).shiftRight(DIGIT_BITS * digit).intValue() & LARGEST_DIGIT;
                if (value > 0) {
                    which.add(i);
                    addends.add(tables.get(digit).get(value - 1));
                }
            }
            add(sums, which, addends);
        }
        Affine<E> back = new Affine<>(offset.x(), field.subtract(field.subtract(offset.y(), offset.y()), offset.y()));
        add(sums, all(sums.size()), Collections.nCopies(sums.size(), back));
        return sums;
    }
}
