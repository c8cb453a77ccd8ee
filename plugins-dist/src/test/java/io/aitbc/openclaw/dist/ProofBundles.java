package io.aitbc.openclaw.dist;

import java.io.IOException;
import java.nio.file.Path;

/** A proving bundle that is no part of an installation. */
final class ProofBundles {
    /** Of the circuit {@code sums}, with a witness, and a proof of snarkjs. */
    static final Path SUMS = Installation.target()
            .toAbsolutePath()
            .getParent()
            .getParent()
            .resolve("plugin-zk/src/test/resources/io/aitbc/openclaw/zk/proving/sums");

    private ProofBundles() {}

    /** What the settings name it by. */
    static String sumsHash() throws IOException {
        return PluginEditions.sha256(SUMS.resolve("circuit.json"));
    }
}
