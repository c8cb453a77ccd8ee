package io.aitbc.openclaw.host;

import io.aitbc.openclaw.host.compatibility.Surroundings;
import io.aitbc.openclaw.host.http.HostIdentity;
import io.aitbc.openclaw.host.http.HostInfo;
import io.aitbc.openclaw.host.http.Loading;
import io.aitbc.openclaw.host.outbox.HostOutbox;
import io.aitbc.openclaw.host.plugins.PluginHost;
import io.aitbc.openclaw.host.plugins.PluginStatus;
import io.aitbc.openclaw.host.plugins.PluginTransition;
import io.aitbc.openclaw.host.plugins.ServiceStatus;
import io.aitbc.openclaw.host.proofs.ProofRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Tells the API what the plugin host knows. */
final class HostDescription implements HostInfo {
    private final Loading loading;
    private final Surroundings surroundings;
    private final ProofRegistry proofs;
    private final HostIdentity identity = HostIdentity.create(new SplittableRandom());
    private volatile @Nullable PluginHost loaded;

    HostDescription(Loading loading, Surroundings surroundings, ProofRegistry proofs) {
        this.loading = loading;
        this.surroundings = surroundings;
        this.proofs = proofs;
    }

    void loaded(PluginHost plugins) {
        loaded = plugins;
    }

    /** Nobody asks before they are loaded: requests wait. */
    private PluginHost host() {
        return Objects.requireNonNull(loaded);
    }

    @Override
    public Optional<HostIdentity> identity() {
        return Optional.of(identity);
    }

    @Override
    public Loading loading() {
        return loading;
    }

    @Override
    public Optional<Surroundings> surroundings() {
        return Optional.of(surroundings);
    }

    @Override
    public Optional<ProofRegistry> proofs() {
        return Optional.of(proofs);
    }

    @Override
    public List<Map<String, Object>> plugins() {
        return host().plugins().stream().map(HostDescription::row).toList();
    }

    @Override
    public List<Map<String, Object>> unloaded() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (PluginStatus status : host().unloaded()) {
            Map<String, Object> row = row(status);
            row.put("held_by", status.holders());
            rows.add(row);
        }
        return rows;
    }

    @Override
    public List<Map<String, Object>> services() {
        return host().services().stream().map(HostDescription::row).toList();
    }

    @Override
    public void reload(String pluginId, boolean downgrade) {
        PluginStatus _ = host().reload(pluginId, downgrade);
    }

    @Override
    public Optional<HostOutbox> outbox() {
        return Optional.of(host().outbox());
    }

    private static Map<String, Object> row(ServiceStatus status) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", status.id());
        row.put("plugin", status.plugin());
        row.put("generation", status.generation());
        row.put("state", status.health().state().name());
        row.put("summary", status.health().summary());
        row.put("facts", status.health().facts());
        return row;
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
        status.signedBy().ifPresent(key -> row.put("signed_by", key));
        row.put("permissions", status.permissions());
        if (!status.warnings().isEmpty()) {
            row.put("warnings", status.warnings());
        }
        row.put("start_millis", status.startTime().toMillis());
        row.put(
                "transitions",
                status.transitions().stream().map(HostDescription::row).toList());
        return row;
    }

    private static Map<String, Object> row(PluginTransition transition) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("state", transition.state().name());
        row.put("at", transition.at().toString());
        row.put("after_millis", transition.after().toMillis());
        return row;
    }
}
