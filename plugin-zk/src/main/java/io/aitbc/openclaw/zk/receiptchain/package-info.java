/** What the circuit {@code receipt_chain} is about: receipts that a host signs, the tree they stand in, and statements about one of them. */
@NullMarked
package io.aitbc.openclaw.zk.receiptchain;

import org.jspecify.annotations.NullMarked;
