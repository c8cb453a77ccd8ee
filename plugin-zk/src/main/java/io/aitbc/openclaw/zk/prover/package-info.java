/** Making Groth16 proofs from the files of circom and snarkjs: proving keys ({@code .zkey}) and witnesses ({@code .wtns}). */
@NullMarked
package io.aitbc.openclaw.zk.prover;

import org.jspecify.annotations.NullMarked;
