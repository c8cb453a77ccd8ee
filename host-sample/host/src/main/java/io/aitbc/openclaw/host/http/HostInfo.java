package io.aitbc.openclaw.host.http;

import java.util.List;
import java.util.Map;

/** What the API tells about the host itself. */
@FunctionalInterface
public interface HostInfo {
    /**
     * One row for each plugin, loaded or not, for {@code GET /api/v1/openclaw/plugins}. Values are String, Boolean, Number,
     * List or Map of these; no nulls.
     */
    List<Map<String, Object>> plugins();
}
