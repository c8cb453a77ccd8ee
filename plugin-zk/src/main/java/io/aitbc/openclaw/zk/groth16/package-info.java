/** Verification of Groth16 proofs (J. Groth, "On the Size of Pairing-based Non-interactive Arguments", 2016/260) over BN254. */
@NullMarked
package io.aitbc.openclaw.zk.groth16;

import org.jspecify.annotations.NullMarked;
