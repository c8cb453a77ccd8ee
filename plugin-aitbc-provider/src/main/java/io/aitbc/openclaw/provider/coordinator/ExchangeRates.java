package io.aitbc.openclaw.provider.coordinator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What the coordinator says its coin is worth. A current one answers a constant.
 *
 * @param feePercent of an exchange
 */
public record ExchangeRates(List<Rate> rates, Optional<BigDecimal> feePercent) {
    private static final Pattern PAIR = Pattern.compile("([a-z]{2,10})_to_([a-z]{2,10})");
    private static final int MOST = 100;

    /** One coin {@code from} is worth {@code value} coins {@code to}. */
    public record Rate(String from, String to, BigDecimal value) {}

    public ExchangeRates {
        rates = List.copyOf(rates);
    }

    /** Pairs are named {@code eth_to_aitbc}, in March 2026 {@code btc_to_aitbc}. */
    static ExchangeRates parse(JsonNode node) {
        List<Rate> rates = new ArrayList<>();
        for (String name : node.propertyNames()) {
            Matcher pair = PAIR.matcher(name);
            if (pair.matches() && rates.size() < MOST) {
                Json.decimal(node, name)
                        .filter(value -> value.signum() > 0)
                        .ifPresent(value -> rates.add(new Rate(upper(pair.group(1)), upper(pair.group(2)), value)));
            }
        }
        return new ExchangeRates(rates, Json.decimal(node, "fee_percent"));
    }

    private static String upper(String symbol) {
        return symbol.toUpperCase(Locale.ROOT);
    }
}
