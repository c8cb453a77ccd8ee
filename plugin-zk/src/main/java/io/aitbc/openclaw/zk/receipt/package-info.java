/** Receipts of AITBC as evidence: their signatures, and the proofs that coordinators attach to them. */
@NullMarked
package io.aitbc.openclaw.zk.receipt;

import org.jspecify.annotations.NullMarked;
