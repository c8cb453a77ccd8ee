package io.aitbc.openclaw.host.plugins;

import java.time.Duration;
import java.time.Instant;

/**
 * A state that was reached.
 *
 * @param after since the file was seen
 */
public record PluginTransition(PluginState state, Instant at, Duration after) {}
