package io.aitbc.openclaw.api.proof;

import java.util.Optional;

/**
 * What checking a receipt of work showed.
 *
 * @param receipt empty unless its signature holds and it is of this very work
 * @param reason one line for people
 */
public record WorkVerdict(Optional<WorkReceipt> receipt, String reason) {}
