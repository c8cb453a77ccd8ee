package io.aitbc.openclaw.zk.circuits;

import io.aitbc.openclaw.zk.snarkjs.CircuitKey;

/**
 * A circuit and the one key its proofs are checked with.
 *
 * @param keySha256 of the key's file, in lower-case hexadecimal digits
 * @param ceremony whether several parties made the key; otherwise whoever made it can forge proofs
 * @param trusted whether the settings pin the key, for every call
 */
public record PinnedCircuit(Circuit circuit, String keySha256, boolean ceremony, boolean trusted, CircuitKey key) {}
