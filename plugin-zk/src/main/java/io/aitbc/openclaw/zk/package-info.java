/** Verification of AITBC receipts. */
@NullMarked
package io.aitbc.openclaw.zk;

import org.jspecify.annotations.NullMarked;
