package io.aitbc.openclaw.bench.faults;

/**
 * What came of a fault.
 *
 * @param id short name, stable
 * @param fault what goes wrong, in words
 * @param expected what the client and the ledger have to see
 * @param observed what they saw
 * @param ok whether that is the same
 */
public record FaultResult(String id, String fault, String expected, String observed, boolean ok) {}
