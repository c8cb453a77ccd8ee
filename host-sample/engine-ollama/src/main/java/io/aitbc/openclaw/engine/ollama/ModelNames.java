package io.aitbc.openclaw.engine.ollama;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
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

    /**
     * Checks who answered.
     *
     * @param answering as the answer says; empty when it does not say
     * @throws OpenClawException {@link ErrorCode#MODEL_SUBSTITUTED}
     */
    static void requireSame(String asked, String answering) {
        if (!answering.equals(asked)
                && !answering.isEmpty()
                && !canonical(answering).equals(canonical(asked))) {
            throw new OpenClawException(
                    ErrorCode.MODEL_SUBSTITUTED,
                    "Asked for %s, Ollama answered with %s".formatted(asked, Failures.oneLine(answering)));
        }
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
