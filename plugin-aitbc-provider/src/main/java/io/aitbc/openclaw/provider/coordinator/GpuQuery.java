package io.aitbc.openclaw.provider.coordinator;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Which GPUs are wanted; an empty filter accepts all.
 *
 * @param model exact
 * @param mostPerHour AIT
 * @param limit most rows, 1 to 500
 */
public record GpuQuery(
        boolean onlyAvailable,
        Optional<String> model,
        Optional<String> region,
        Optional<BigDecimal> mostPerHour,
        int limit) {
    public static final int MOST = 500;

    public static GpuQuery all() {
        return new GpuQuery(false, Optional.empty(), Optional.empty(), Optional.empty(), MOST);
    }
}
