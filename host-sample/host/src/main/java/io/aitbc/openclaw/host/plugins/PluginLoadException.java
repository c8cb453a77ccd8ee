package io.aitbc.openclaw.host.plugins;

/** A plugin that cannot be loaded. The message is shown to people; there is never a cause, because it would keep the plugin in memory. */
final class PluginLoadException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final boolean passing;

    PluginLoadException(String reason) {
        this(reason, false);
    }

    private PluginLoadException(String reason, boolean passing) {
        super(reason);
        this.reason = reason;
        this.passing = passing;
    }

    /** For a reason outside the file, such as a full disk: without any change of the file it may work later. */
    static PluginLoadException passing(String reason) {
        return new PluginLoadException(reason, true);
    }

    boolean passing() {
        return passing;
    }

    String reason() {
        return reason;
    }
}
