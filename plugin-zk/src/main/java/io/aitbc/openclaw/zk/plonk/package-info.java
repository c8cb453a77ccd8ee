/**
 * Verification of PLONK proofs (A. Gabizon, Z. Williamson, O. Ciobotaru, "PLONK: Permutations over Lagrange-bases for Oecumenical
 * Noninteractive arguments of Knowledge", 2019/953) over BN254, with the transcript of snarkjs 0.7.
 */
@NullMarked
package io.aitbc.openclaw.zk.plonk;

import org.jspecify.annotations.NullMarked;
