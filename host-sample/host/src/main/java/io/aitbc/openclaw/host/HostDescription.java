package io.aitbc.openclaw.host;

import io.aitbc.openclaw.host.http.HostInfo;
import io.aitbc.openclaw.host.plugins.PluginHost;
import io.aitbc.openclaw.host.plugins.PluginStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells the API what the plugin host knows. */
final class HostDescription implements HostInfo {
    private final PluginHost plugins;

    HostDescription(PluginHost plugins) {
        this.plugins = plugins;
    }

    @Override
    public List<Map<String, Object>> plugins() {
        return plugins.plugins().stream().map(HostDescription::row).toList();
    }

    private static Map<String, Object> row(PluginStatus status) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", status.id());
        row.put("version", status.version());
        row.put("state", status.state().name());
        row.put("generation", status.generation());
        row.put("extensions", status.extensions());
        status.failure().ifPresent(failure -> row.put("failure", failure));
        row.put("file", status.source());
        row.put("sha256", status.sha256());
        row.put("start_millis", status.startTime().toMillis());
        return row;
    }
}
