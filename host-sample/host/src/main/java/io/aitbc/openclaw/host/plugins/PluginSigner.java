package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.host.trust.PluginSignature;
import io.aitbc.openclaw.host.trust.PluginStatement;
import io.aitbc.openclaw.host.trust.SigningKey;
import io.aitbc.openclaw.host.trust.TrustException;
import io.aitbc.openclaw.host.trust.TrustStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pf4j.DefaultVersionManager;

/** Signs plugin files and checks their signatures, without running anything of them. */
public final class PluginSigner {
    private final Path work;

    /** @param work an existing folder for unpacked files; the caller deletes it */
    public PluginSigner(Path work) {
        this.work = work;
    }

    /**
     * What the file says of itself, as it would be signed.
     *
     * @throws TrustException when it is not a plugin
     */
    public PluginStatement describe(Path plugin) throws IOException, TrustException {
        try {
            PluginStore store = new PluginStore(Files.createTempDirectory(work, "staged"), ArchiveLimits.DEFAULT);
            StagedPlugin staged = store.stage(plugin, _ -> {});
            PluginManifest manifest = PluginManifest.read(staged.jar(), store.limits());
            LayeredPluginManager.checkVersion(new DefaultVersionManager(), manifest.version());
            return new PluginStatement(
                    staged.sha256(),
                    manifest.id(),
                    manifest.version(),
                    manifest.requires().orElse(""),
                    manifest.permissions());
        } catch (PluginLoadException e) {
            throw new TrustException(e.reason());
        }
    }

    /**
     * Writes {@code FILE.sig}.
     *
     * @return what was signed
     */
    public PluginStatement sign(Path plugin, SigningKey key) throws IOException, TrustException {
        PluginStatement statement = describe(plugin);
        PluginSignature.sign(statement, key).write(plugin);
        return statement;
    }

    /**
     * Checks a file against its signature.
     *
     * @return what was signed
     * @throws TrustException when there is no signature of a trusted key, or it is one for something else
     */
    public PluginStatement verify(Path plugin, TrustStore trusted) throws IOException, TrustException {
        PluginStatement described = describe(plugin);
        PluginStatement signed = PluginSignature.read(plugin, described.sha256())
                .orElseThrow(() -> new TrustException("has no signature: %s is missing"
                        .formatted(PluginSignature.fileOf(plugin).getFileName())))
                .verified(trusted);
        if (!signed.equals(described)) {
            throw new TrustException("is not the file that was signed");
        }
        return signed;
    }
}
