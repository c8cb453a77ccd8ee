package io.aitbc.openclaw.engine.ollama;

import java.util.Locale;

/** Ollama's rules for names: case does not matter, the tag and the registry may be left out. */
final class ModelNames {
    private static final String REGISTRY = "registry.ollama.ai/";
    private static final String LIBRARY = "library/";

    private ModelNames() {}

    /** One spelling for all spellings of a model. */
    static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith(REGISTRY)) {
            lower = lower.substring(REGISTRY.length());
        }
        if (lower.startsWith(LIBRARY)) {
            lower = lower.substring(LIBRARY.length());
        }
        return withTag(lower);
    }

    static String withTag(String name) {
        return name.indexOf(':', name.lastIndexOf('/') + 1) < 0 ? name + ":latest" : name;
    }

    /** As Ollama writes a model in some of its refusals. */
    static String full(String name) {
        String tagged = withTag(name);
        return tagged.indexOf('/') < 0 ? REGISTRY + LIBRARY + tagged : tagged;
    }
}
