package io.aitbc.openclaw.zk.bn254;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sums of multiples of points of G1, for scalars that anybody may know. What each bit asks for is summed up first, for all bits of all sums at once:
 * see {@link BucketSums}. Then the doublings follow, of which half as long scalars need half as many: see {@link Endomorphism}.
 */
final class PublicSums {
    /** Bits of half a scalar, and a carry of its signed digits. */
    private static final int BITS = 128;

    private final List<@Nullable Point<Fp>> summands = new ArrayList<>();
    private final List<List<Point<Fp>>> byBit = new ArrayList<>();
    private final int sums;

    /** @param sums how many there will be */
    PublicSums(int sums) {
        this.sums = sums;
        for (int i = 0; i < sums * BITS; i++) {
            byBit.add(new ArrayList<>());
        }
    }

    /**
     * A point with multiples of itself and of its image.
     *
     * @param mapped the images of the others
     */
    record Multiples(OddMultiples<Fp> plain, OddMultiples<Fp> mapped) {
        static List<Multiples> of(List<Point<Fp>> points, int width) {
            return OddMultiples.of(points, width).stream()
                    .map(plain -> new Multiples(
                            plain,
                            new OddMultiples<>(
                                    width,
                                    plain.list().stream().map(Endomorphism::map).toList())))
                    .toList();
        }
    }

    /**
     * Adds scalar * point to a sum.
     *
     * @param scalar not negative
     */
    void add(int sum, Multiples point, BigInteger scalar) {
        Endomorphism.Halves halves = Endomorphism.halves(scalar);
        add(sum, point.plain(), halves.plain());
        add(sum, point.mapped(), halves.mapped());
    }

    private void add(int sum, OddMultiples<Fp> point, BigInteger half) {
        byte[] digits = Naf.of(half.abs(), point.width());
        for (int bit = 0; bit < digits.length; bit++) {
            if (digits[bit] != 0) {
                Point<Fp> multiple = point.times(half.signum() * digits[bit]);
                if (!multiple.infinite()) {
                    byBit.get(sum * BITS + bit).add(multiple);
                }
            }
        }
    }

    /** To be called once. */
    List<Point<Fp>> values() {
        int[] sizes = new int[byBit.size()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = byBit.get(i).size();
            summands.addAll(byBit.get(i));
        }
        List<@Nullable Point<Fp>> ofBits = new BucketSums<>(summands, sizes, Fp.ONE).sums(() -> {});
        List<Jacobian<Fp>> values = new ArrayList<>();
        for (int sum = 0; sum < sums; sum++) {
            values.add(doubled(ofBits.subList(sum * BITS, (sum + 1) * BITS)));
        }
        return Jacobian.toAffine(values);
    }

    private static Jacobian<Fp> doubled(List<@Nullable Point<Fp>> ofBits) {
        Jacobian<Fp> value = Jacobian.infinity(Fp.ZERO);
        for (@Nullable Point<Fp> ofBit : ofBits.reversed()) {
            value = value.twice();
            value = ofBit == null ? value : value.add(ofBit);
        }
        return value;
    }
}
