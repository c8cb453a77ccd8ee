package io.aitbc.openclaw.engine;

import java.util.List;

/** Finds stop texts in an answer that arrives in pieces, and holds back what may become one. */
final class StopTexts {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private boolean met;

    StopTexts(List<String> stops) {
        this.stops = stops.stream().filter(stop -> !stop.isEmpty()).toList();
    }

    /** Adds text and returns what of it is certainly part of the answer. */
    String add(String text) {
        held.append(text);
        int first = -1;
        for (String stop : stops) {
            int at = held.indexOf(stop);
            if (at >= 0 && (first < 0 || at < first)) {
                first = at;
            }
        }
        if (first >= 0) {
            met = true;
            held.setLength(first);
            return end();
        }
        int keep = stops.stream().mapToInt(this::partial).max().orElse(0);
        String out = held.substring(0, held.length() - keep);
        held.delete(0, held.length() - keep);
        return out;
    }

    /** Whether a stop text was found: the answer ends there. */
    boolean met() {
        return met;
    }

    /** What is still held back when the answer ends. */
    String end() {
        String out = held.toString();
        held.setLength(0);
        return out;
    }

    private int partial(String stop) {
        for (int length = Math.min(stop.length() - 1, held.length()); length > 0; length--) {
            if (held.indexOf(stop.substring(0, length), held.length() - length) >= 0) {
                return length;
            }
        }
        return 0;
    }
}
