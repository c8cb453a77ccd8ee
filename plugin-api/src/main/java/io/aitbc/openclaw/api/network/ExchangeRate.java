package io.aitbc.openclaw.api.network;

import java.math.BigDecimal;

/**
 * What a network says its coin is worth. Nobody verifies it, and some networks answer a constant.
 *
 * @param from symbol, upper case
 * @param to symbol, upper case
 * @param value coins {@code to} for one coin {@code from}, more than 0
 */
public record ExchangeRate(String from, String to, BigDecimal value) {}
