package io.aitbc.openclaw.host.plugins;

/** A plugin that cannot be loaded. The message is shown to people; there is never a cause, because it would keep the plugin in memory. */
final class PluginLoadException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    PluginLoadException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
