package io.aitbc.openclaw.api.inference;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of a request would leave this machine.
 *
 * @param provider {@link InferenceProvider#id()}
 * @param transport {@code job} or {@code direct}, as in {@link JobRecord#transport()}
 * @param destination URL of the first to read it
 * @param text exactly what it would read: the prompt of a job, or the body of a direct request
 * @param redactions how many values of each kind are kept back
 */
public record Departure(
        String provider, String transport, String destination, String text, Map<String, Integer> redactions) {
    public Departure {
        redactions = Collections.unmodifiableMap(new TreeMap<>(redactions));
    }

    public Departure withRedactions(Map<String, Integer> counts) {
        return new Departure(provider, transport, destination, text, counts);
    }
}
