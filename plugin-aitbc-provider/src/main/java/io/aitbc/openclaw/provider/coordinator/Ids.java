package io.aitbc.openclaw.provider.coordinator;

import java.util.regex.Pattern;

/** Identifiers of the network, which come from strangers and end up in URLs, logs and model names. */
public final class Ids {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]{40}");

    private Ids() {}

    public static boolean valid(String id) {
        return ID.matcher(id).matches();
    }

    /** An address the coordinator can pay: {@code 0x} and 40 hexadecimal digits. */
    public static boolean address(String text) {
        return ADDRESS.matcher(text).matches();
    }
}
