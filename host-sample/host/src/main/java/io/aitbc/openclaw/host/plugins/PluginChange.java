package io.aitbc.openclaw.host.plugins;

import java.util.Optional;

/**
 * Another version of a plugin is in use, or none any more.
 *
 * @param from the version before; empty when none was in use
 * @param to the version that is in use now; empty when none is
 * @param recalled whether it is the host's own copy of what worked last, because the file is no good
 * @param note which file it came from, which key signed it, or why it was taken
 */
public record PluginChange(
        String pluginId, Optional<String> from, Optional<String> to, boolean recalled, String note) {}
