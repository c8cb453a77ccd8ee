package io.aitbc.openclaw.host.http;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.compatibility.Surroundings;
import io.aitbc.openclaw.host.outbox.HostOutbox;
import io.aitbc.openclaw.host.proofs.ProofRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the API tells about the host itself. Values of rows are String, Boolean, Number, List or Map of these; no nulls.
 */
@FunctionalInterface
public interface HostInfo {
    /** One row for each plugin, loaded or not, for {@code GET /api/v1/openclaw/plugins}. */
    List<Map<String, Object>> plugins();

    /** One row for each plugin that was unloaded lately or is still in memory, with {@code held_by}. */
    default List<Map<String, Object>> unloaded() {
        return List.of();
    }

    /** One row for each background service, for {@code GET /api/v1/openclaw/services}. */
    default List<Map<String, Object>> services() {
        return List.of();
    }

    /**
     * Replaces a plugin by what its file is now.
     *
     * @param downgrade whether it may be a lower version
     * @throws OpenClawException {@link ErrorCode#INVALID_REQUEST} when it is not loaded or the file cannot take its place
     */
    default void reload(String pluginId, boolean downgrade) {
        throw new OpenClawException(ErrorCode.INVALID_REQUEST, "This host does not replace plugins");
    }

    /** Which host this is, for {@code GET /api/v1/openclaw/host}. */
    default Optional<HostIdentity> identity() {
        return Optional.empty();
    }

    /** How far the host is; requests wait for it. */
    default Loading loading() {
        return Loading.over();
    }

    /** The versions the host has met, when it takes notice of them. */
    default Optional<Surroundings> surroundings() {
        return Optional.empty();
    }

    /** The outbox, when the host keeps one. */
    default Optional<HostOutbox> outbox() {
        return Optional.empty();
    }

    /** Where records of answers are found by job, request and time, when the host keeps such a registry. */
    default Optional<ProofRegistry> proofs() {
        return Optional.empty();
    }
}
