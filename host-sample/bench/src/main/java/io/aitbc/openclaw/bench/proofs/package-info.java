/** How fast proofs are checked, next to snarkjs. */
@NullMarked
package io.aitbc.openclaw.bench.proofs;

import org.jspecify.annotations.NullMarked;
