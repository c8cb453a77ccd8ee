package io.aitbc.openclaw.zk.circuits;

import java.util.List;
import java.util.Map;

/**
 * What a circuit's proofs mean.
 *
 * @param name under which evidence names it
 * @param proves what a proof shows, in plain words that follow "somebody knew"
 * @param signals meaning of each public signal, in their order
 * @param required signals by index that must have a value, as any other one states a failure
 * @param binding whether the signals tie a proof to something outside it
 * @param notProven what a reader may take for proven, but is not
 */
public record Circuit(
        String name,
        String proves,
        List<String> signals,
        Map<Integer, RequiredSignal> required,
        boolean binding,
        List<String> notProven) {
    /**
     * @param value in decimal digits
     * @param otherwise what a proof with another value states
     */
    public record RequiredSignal(String value, String otherwise) {}

    public Circuit {
        signals = List.copyOf(signals);
        required = Map.copyOf(required);
        notProven = List.copyOf(notProven);
    }
}
