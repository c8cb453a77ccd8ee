package io.aitbc.openclaw.api.inference;

import java.util.Locale;

/** What a model can do, with the names Ollama uses in {@code /api/show}. */
public enum Capability {
    COMPLETION,
    TOOLS,
    INSERT,
    VISION,
    EMBEDDING,
    THINKING,
    AUDIO,
    IMAGE;

    /** Ollama's spelling. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
