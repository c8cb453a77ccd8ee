package io.aitbc.openclaw.zk.circuits;

import java.util.ArrayList;
import java.util.List;

/** What no proof of a circuit shows. */
public final class NotProven {
    private NotProven() {}

    /** @param ceremony whether several parties made the key */
    public static List<String> of(Circuit circuit, boolean ceremony) {
        List<String> lines = new ArrayList<>();
        lines.add("that the named model, or any model, computed an answer");
        lines.addAll(circuit.notProven());
        if (!ceremony) {
            lines.add(
                    "that the prover knew anything: the key comes from a development setup, and whoever made it can forge proofs");
        }
        lines.add("who made the proof, when, and whether it is the first one of its statement");
        return lines;
    }
}
