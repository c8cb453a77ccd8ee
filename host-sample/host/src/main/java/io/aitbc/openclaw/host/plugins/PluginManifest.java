package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.host.trust.Permissions;
import io.aitbc.openclaw.host.trust.TrustException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a plugin's {@code META-INF/MANIFEST.MF} that PF4J defines.
 *
 * @param requires versions of the plugin API it works with; empty: any
 * @param permissions what it declares to need
 */
record PluginManifest(
        String id,
        String version,
        Optional<String> requires,
        String provider,
        String description,
        Permissions permissions) {
    /** Id under which the host's own extensions are published. */
    static final String HOST_ID = "host";

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    static PluginManifest read(Path jar, ArchiveLimits limits) throws PluginLoadException {
        try (ZipFile zip = BoundedZip.open(jar, limits)) {
            checkEntries(zip, jar.toFile().length(), limits);
            return of(JarManifest.read(zip)
                    .orElseThrow(() -> new PluginLoadException("has no META-INF/MANIFEST.MF, so it is not a plugin")));
        } catch (IOException | IllegalArgumentException e) {
            throw new PluginLoadException("is not a readable jar: " + FailureText.full(e));
        }
    }

    private static void checkEntries(ZipFile zip, long packed, ArchiveLimits limits) throws PluginLoadException {
        if (zip.size() > limits.entries()) {
            throw new PluginLoadException("has more than " + limits.entries() + " entries");
        }
        long unpacked = 0;
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
            unpacked += Math.max(0, entries.nextElement().getSize());
            limits.checkUnpacked(unpacked, packed);
        }
    }

    private static PluginManifest of(Attributes attributes) throws PluginLoadException {
        String id = text(attributes, "Plugin-Id")
                .orElseThrow(() -> new PluginLoadException("its manifest has no Plugin-Id, so it is not a plugin"));
        if (!ID.matcher(id).matches() || id.equals(HOST_ID)) {
            throw new PluginLoadException("Plugin-Id '" + FailureText.oneLine(id)
                    + "' is not allowed: use lower-case letters, digits and hyphens, at most 63, and not 'host'");
        }
        String version = text(attributes, "Plugin-Version")
                .orElseThrow(() -> new PluginLoadException("its manifest has no Plugin-Version"));
        checkDependencies(text(attributes, "Plugin-Dependencies"));
        return new PluginManifest(
                id,
                version,
                text(attributes, "Plugin-Requires"),
                text(attributes, "Plugin-Provider").orElse(""),
                text(attributes, "Plugin-Description").orElse(""),
                permissions(text(attributes, "Plugin-Permissions").orElse("")));
    }

    private static void checkDependencies(Optional<String> dependencies) throws PluginLoadException {
        if (dependencies.isPresent()) {
            throw new PluginLoadException("Plugin-Dependencies '" + FailureText.oneLine(dependencies.get())
                    + "' is not supported: plugins meet through extension points, not through each other's classes");
        }
    }

    private static Permissions permissions(String text) throws PluginLoadException {
        try {
            return Permissions.parse(text);
        } catch (TrustException e) {
            throw new PluginLoadException(e.reason());
        }
    }

    private static Optional<String> text(Attributes attributes, String name) {
        @Nullable String value = attributes.getValue(name);
        return Optional.ofNullable(value).map(String::strip).filter(it -> !it.isEmpty());
    }
}
