package io.aitbc.openclaw.provider.coordinator;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decimals as the network writes them. */
final class Decimals {
    /** Exponents are bounded: {@code 1e999999999} would take the machine's memory when it is written out. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,40}(\\.\\d{0,40})?([eE][+-]?\\d{1,2})?");

    private Decimals() {}

    static Optional<BigDecimal> parse(String text) {
        String stripped = text.strip();
        return NUMBER.matcher(stripped).matches() ? Optional.of(new BigDecimal(stripped)) : Optional.empty();
    }
}
