package io.aitbc.openclaw.engine;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A model's name by Ollama's rules: {@code [host/][namespace/]model[:tag]}, in lower case and with its tag, without the
 * parts that are the default.
 */
record ModelName(String text) {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}");
    private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,79}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:-]{0,349}");
    private static final String DEFAULT_HOST = "registry.ollama.ai";
    private static final String DEFAULT_NAMESPACE = "library";

    /** Empty when the text is no legal name. */
    static Optional<ModelName> parse(String text) {
        String rest = text;
        String host = DEFAULT_HOST;
        String namespace = DEFAULT_NAMESPACE;
        int slash = rest.lastIndexOf('/');
        String model = rest.substring(slash + 1);
        if (slash >= 0) {
            rest = rest.substring(0, slash);
            int second = rest.lastIndexOf('/');
            namespace = rest.substring(second + 1);
            if (second >= 0) {
                host = rest.substring(0, second);
            }
        }
        String tag = "latest";
        int colon = model.lastIndexOf(':');
        if (colon >= 0) {
            tag = model.substring(colon + 1);
            model = model.substring(0, colon);
        }
        if (!PART.matcher(model).matches()
                || !PART.matcher(tag).matches()
                || !NAMESPACE.matcher(namespace).matches()
                || !HOST.matcher(host).matches()) {
            return Optional.empty();
        }
        String prefix = "";
        if (!host.equalsIgnoreCase(DEFAULT_HOST)) {
            prefix = host + "/" + namespace + "/";
        } else if (!namespace.equalsIgnoreCase(DEFAULT_NAMESPACE)) {
            prefix = namespace + "/";
        }
        return Optional.of(new ModelName((prefix + model + ":" + tag).toLowerCase(Locale.ROOT)));
    }

    @Override
    public String toString() {
        return text;
    }
}
