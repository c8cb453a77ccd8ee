/** Receipts that a miner signs itself, as documents, and the key it signs with. */
@NullMarked
package io.aitbc.openclaw.zk.work;

import org.jspecify.annotations.NullMarked;
