package io.aitbc.openclaw.api;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * An amount of money: a whole number of base units of a rail. Never negative.
 *
 * @param units base units
 * @param rail what the units are units of
 */
public record TokenAmount(BigInteger units, Rail rail) implements Comparable<TokenAmount> {
    public TokenAmount {
        if (units.signum() < 0) {
            throw new IllegalArgumentException("An amount cannot be negative: " + units);
        }
    }

    public static TokenAmount of(long units, Rail rail) {
        return new TokenAmount(BigInteger.valueOf(units), rail);
    }

    public static TokenAmount zero(Rail rail) {
        return new TokenAmount(BigInteger.ZERO, rail);
    }

    /**
     * Converts whole coins to base units, rounding up, so that what is reserved is never less than what may be charged.
     *
     * @param coins for example {@code 0.05}; not negative
     */
    public static TokenAmount ofCoins(BigDecimal coins, Rail rail) {
        BigDecimal units = coins.multiply(BigDecimal.valueOf(rail.unitsPerCoin()));
        return new TokenAmount(units.setScale(0, RoundingMode.CEILING).toBigIntegerExact(), rail);
    }

    /**
     * Parses coins such as {@code 0.05}, rounding up.
     *
     * @throws NumberFormatException when the text is not a plain decimal number of at most 40 characters
     */
    public static TokenAmount parse(String coins, Rail rail) {
        return ofCoins(decimal(coins), rail);
    }

    /**
     * Parses the most that may be spent, in coins such as {@code 0.05}, rounding down, so that no more than that is.
     *
     * @throws NumberFormatException when the text is not a plain decimal number of at most 40 characters
     */
    public static TokenAmount parseLimit(String coins, Rail rail) {
        BigDecimal units = decimal(coins).multiply(BigDecimal.valueOf(rail.unitsPerCoin()));
        return new TokenAmount(units.setScale(0, RoundingMode.FLOOR).toBigIntegerExact(), rail);
    }

    private static BigDecimal decimal(String coins) {
        if (coins.length() > 40 || !coins.matches("\\d+(\\.\\d+)?")) {
            throw new NumberFormatException("Not an amount: " + coins);
        }
        return new BigDecimal(coins);
    }

    /** The amount in coins, rounded up to eight decimals, without trailing zeros. */
    public BigDecimal coins() {
        BigDecimal coins =
                new BigDecimal(units).divide(BigDecimal.valueOf(rail.unitsPerCoin()), 8, RoundingMode.CEILING);
        return coins.signum() == 0 ? BigDecimal.ZERO : coins.stripTrailingZeros();
    }

    public TokenAmount plus(TokenAmount other) {
        return new TokenAmount(units.add(sameRail(other).units), rail);
    }

    /** @throws IllegalArgumentException when the result would be negative */
    public TokenAmount minus(TokenAmount other) {
        return new TokenAmount(units.subtract(sameRail(other).units), rail);
    }

    @Override
    public int compareTo(TokenAmount other) {
        return units.compareTo(sameRail(other).units);
    }

    private TokenAmount sameRail(TokenAmount other) {
        if (rail != other.rail) {
            throw new IllegalArgumentException("Amounts of %s and %s do not mix".formatted(rail, other.rail));
        }
        return other;
    }

    /** For people: {@code 0.05 AIT}. */
    @Override
    public String toString() {
        return coins().toPlainString() + " " + rail.symbol();
    }
}
