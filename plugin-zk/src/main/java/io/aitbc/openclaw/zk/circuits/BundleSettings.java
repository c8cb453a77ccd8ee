package io.aitbc.openclaw.zk.circuits;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Proving bundles that the settings name: {@code circuits.NAME.bundle}, a folder, and {@code circuits.NAME.bundle-sha256}. */
public final class BundleSettings {
    static final String BUNDLE = ".bundle";
    static final String HASH = ".bundle-sha256";

    private static final String PREFIX = "circuits.";

    private BundleSettings() {}

    /** @throws OpenClawException with INVALID_CONFIG for one that is not the pinned one */
    public static List<ProvingBundle> read(PluginConfig config) {
        List<ProvingBundle> bundles = new ArrayList<>();
        config.values().keySet().stream()
                .filter(key -> key.startsWith(PREFIX) && key.endsWith(BUNDLE))
                .map(key -> key.substring(PREFIX.length(), key.length() - BUNDLE.length()))
                .sorted()
                .forEach(name -> bundles.add(read(config, name)));
        return bundles;
    }

    static boolean has(PluginConfig config, String name) {
        return config.text(PREFIX + name + BUNDLE).isPresent();
    }

    static ProvingBundle read(PluginConfig config, String name) {
        String setting = config.section() + "." + PREFIX + name + BUNDLE;
        String folder = config.text(PREFIX + name + BUNDLE, "");
        String sha256 = config.text(PREFIX + name + HASH, "").strip().toLowerCase(Locale.ROOT);
        if (folder.isEmpty() || !sha256.matches("[0-9a-f]{64}")) {
            throw invalid("%s must be a folder and %s-sha256 the SHA-256 of its %s in 64 hexadecimal digits"
                    .formatted(setting, setting, ProvingBundle.DESCRIPTION));
        }
        try {
            ProvingBundle bundle = ProvingBundle.read(BundleFiles.in(Path.of(folder)), sha256);
            if (!bundle.circuit().name().equals(name)) {
                throw invalid("%s, folder %s: its circuit is named %s"
                        .formatted(setting, folder, bundle.circuit().name()));
            }
            return bundle;
        } catch (MalformedDocumentException | InvalidPathException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG, "%s, folder %s: %s".formatted(setting, folder, e.getMessage()), e);
        }
    }

    private static OpenClawException invalid(String message) {
        return new OpenClawException(ErrorCode.INVALID_CONFIG, message);
    }
}
