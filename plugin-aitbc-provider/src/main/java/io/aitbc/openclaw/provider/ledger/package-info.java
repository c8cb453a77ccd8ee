/** A durable record of what was reserved and spent, and the caps it enforces. */
@NullMarked
package io.aitbc.openclaw.provider.ledger;

import org.jspecify.annotations.NullMarked;
