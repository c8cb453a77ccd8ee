package io.aitbc.openclaw.zk.bn254;

/**
 * A line through points of the twist, as a function of a point (x, y) of G1: {@code one*y + slope*x*w + offset*w^3}, up to a factor
 * that the final exponentiation removes.
 */
record Line(Fp2 one, Fp2 slope, Fp2 offset) {}
