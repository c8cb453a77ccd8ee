package io.aitbc.openclaw.api.proof;

/**
 * Where a record stands in the log.
 *
 * @param index 0 for the first
 */
public record ChainPlace(long index) {}
