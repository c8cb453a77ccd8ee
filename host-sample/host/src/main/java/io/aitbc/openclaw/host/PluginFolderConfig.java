package io.aitbc.openclaw.host;

import io.aitbc.openclaw.host.plugins.PluginFolderOptions;
import io.aitbc.openclaw.host.trust.SignaturePolicy;
import io.aitbc.openclaw.host.trust.TrustStore;
import io.aitbc.openclaw.host.versions.HostRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the plugins directory is treated.
 *
 * @param watch whether files that come, change and go are taken notice of while the host runs
 * @param rescan how often it is looked through even if nothing seems to happen
 * @param drainLimit how long calls may go on in a plugin that is replaced
 * @param signatures what becomes of a file without a signature of a trusted key
 * @param downgrade whether a file may bring a lower version than the one that worked last
 * @param keepDeleted whether a plugin goes on when its file is deleted
 * @param installation whose keys are trusted, when there is one
 */
public record PluginFolderConfig(
        boolean watch,
        Duration rescan,
        Duration drainLimit,
        SignaturePolicy signatures,
        boolean downgrade,
        boolean keepDeleted,
        Optional<Path> installation) {

    /** Files with trusted keys; what the operator says in the last one wins. */
    public List<Path> trustStores(Path dataDirectory) {
        List<Path> stores = new ArrayList<>();
        installation.map(TrustStore::fileOfInstallation).ifPresent(stores::add);
        stores.add(TrustStore.fileIn(dataDirectory));
        return stores;
    }

    PluginFolderOptions options(Path dataDirectory) {
        String user = System.getProperty("user.name", "unknown");
        return new PluginFolderOptions(signatures, trustStores(dataDirectory), downgrade, keepDeleted, rescan)
                .withRecords(new HostRecords(dataDirectory, user + " (host)", InstantSource.system()));
    }
}
