package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.service.ServiceHealth;

/**
 * How a background service of a loaded plugin fares.
 *
 * @param id unique among services
 * @param plugin who contributes it; {@code host} for the host itself
 * @param generation which of the plugin's generations it belongs to
 */
public record ServiceStatus(String id, String plugin, int generation, ServiceHealth health) {}
