package io.aitbc.openclaw.host.http.answer;

import java.util.regex.Pattern;

/** Names of models: {@code [host/][namespace/]model[:tag]}, and {@code model:tag@miner} on input. */
public final class ModelNames {
    private static final String PART = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}";
    private static final Pattern VALID =
            Pattern.compile("(?:[A-Za-z0-9_][A-Za-z0-9_.:-]{0,349}/)?(?:[A-Za-z0-9_][A-Za-z0-9_-]{0,79}/)?" + PART
                    + "(?::" + PART + ")?(?:@" + PART + ")?");
    private static final String DEFAULT_TAG = "latest";

    private ModelNames() {}

    public static boolean isValid(String name) {
        return name.length() <= 600 && VALID.matcher(name).matches();
    }

    /** With the tag that is meant when there is none. */
    public static String withTag(String name) {
        int at = name.indexOf('@');
        String model = at < 0 ? name : name.substring(0, at);
        String miner = at < 0 ? "" : name.substring(at);
        return model.lastIndexOf(':') > model.lastIndexOf('/') ? name : model + ":" + DEFAULT_TAG + miner;
    }

    /** With registry, namespace and tag, as Ollama shows a name in a few of its errors. */
    public static String full(String name) {
        String tagged = withTag(name);
        return switch ((int) tagged.chars().filter(c -> c == '/').count()) {
            case 0 -> "registry.ollama.ai/library/" + tagged;
            case 1 -> "registry.ollama.ai/" + tagged;
            default -> tagged;
        };
    }
}
