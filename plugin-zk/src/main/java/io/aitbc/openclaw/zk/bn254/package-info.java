/**
 * Arithmetic of the pairing-friendly curve BN254 (alt_bn128 of EIP-196 and EIP-197, bn128 of snarkjs) and the hash Poseidon over it.
 * Nothing here runs in constant time: checking works on public values, and whoever can time the steps of a prover may learn of its witness.
 */
@NullMarked
package io.aitbc.openclaw.zk.bn254;

import org.jspecify.annotations.NullMarked;
