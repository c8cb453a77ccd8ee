package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.host.trust.SignaturePolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How the files of the plugins directory are taken.
 *
 * @param signatures what becomes of a file without a signature of a trusted key
 * @param trustStores files with trusted keys; the later one wins
 * @param downgrades whether a file may bring a lower version than the one that worked last
 * @param keepDeleted whether a plugin goes on when its file is deleted
 * @param rescan how often the directory is looked through without being told that something changed
 * @param records what was decided about versions, and where changes are written down
 */
public record PluginFolderOptions(
        SignaturePolicy signatures,
        List<Path> trustStores,
        boolean downgrades,
        boolean keepDeleted,
        Duration rescan,
        PluginRecords records) {
    public static final Duration DEFAULT_RESCAN = Duration.ofSeconds(30);

    public PluginFolderOptions {
        trustStores = List.copyOf(trustStores);
    }

    /** Of a folder without records. */
    public PluginFolderOptions(
            SignaturePolicy signatures,
            List<Path> trustStores,
            boolean downgrades,
            boolean keepDeleted,
            Duration rescan) {
        this(signatures, trustStores, downgrades, keepDeleted, rescan, PluginRecords.none());
    }

    public PluginFolderOptions withRecords(PluginRecords other) {
        return new PluginFolderOptions(signatures, trustStores, downgrades, keepDeleted, rescan, other);
    }

    /** Looks at no signatures, loads no lower version, unloads what is deleted. */
    public static PluginFolderOptions unsigned() {
        return new PluginFolderOptions(SignaturePolicy.OFF, List.of(), false, false, DEFAULT_RESCAN);
    }
}
