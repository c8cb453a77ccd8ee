/**
 * Arithmetic of the pairing-friendly curve BN254 (alt_bn128 of EIP-196 and EIP-197, bn128 of snarkjs) and the hash Poseidon over it.
 * Nothing here runs in constant time: it works on public values.
 */
@NullMarked
package io.aitbc.openclaw.zk.bn254;

import org.jspecify.annotations.NullMarked;
