package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.host.files.ScratchFolder;
import io.aitbc.openclaw.host.plugins.PluginSigner;
import io.aitbc.openclaw.host.trust.Permissions;
import io.aitbc.openclaw.host.trust.PluginKey;
import io.aitbc.openclaw.host.trust.PluginStatement;
import io.aitbc.openclaw.host.trust.SigningKey;
import io.aitbc.openclaw.host.trust.TrustException;
import io.aitbc.openclaw.host.trust.TrustStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a person does about keys, signatures and permissions of plugins. */
final class PluginKeys {
    private interface Step<R> {
        R run() throws IOException, TrustException;
    }

    private static final int LONGEST_KEY = 16 << 10;

    private final Terminal terminal;

    PluginKeys(Terminal terminal) {
        this.terminal = terminal;
    }

    int generate(Path file) {
        SigningKey key = SigningKey.generate(new SecureRandom());
        try {
            key.write(file);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(ExitCode.FAILED, e.getFile() + " exists already; a key is never overwritten");
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "The key cannot be written: %s".formatted(FailureReason.of(e)));
        }
        terminal.line("%s: keep %s to yourself, give %s to those who should trust your plugins"
                .formatted(key.publicKey().id(), file, SigningKey.publicFile(file)));
        return ExitCode.DONE;
    }

    int sign(Path keyFile, List<Path> files) throws IOException {
        SigningKey key = attempt("Nothing is signed:", () -> SigningKey.read(keyFile));
        return withSigner(signer -> {
            for (Path file : files) {
                PluginStatement said = attempt(file.toString(), () -> signer.sign(file, key));
                terminal.line("signed %s with %s"
                        .formatted(text(said), key.publicKey().id()));
            }
            return ExitCode.DONE;
        });
    }

    int verify(HostConfig config, List<Path> files) throws IOException {
        TrustStore trusted = attempt(
                "Nothing is trusted:",
                () -> TrustStore.read(config.pluginFolder().trustStores(config.dataDirectory())));
        return withSigner(signer -> {
            boolean good = true;
            for (Path file : files) {
                try {
                    terminal.line("%s %s".formatted(terminal.good("good"), text(signer.verify(file, trusted))));
                } catch (TrustException e) {
                    good = false;
                    terminal.line("%s %s %s".formatted(terminal.bad("bad "), file, e.reason()));
                }
            }
            return good ? ExitCode.DONE : ExitCode.FAILED;
        });
    }

    int trust(HostConfig config, Path file, @Nullable String name, boolean ofInstallation) {
        PluginKey key = attempt(file.toString(), () -> {
            if (Files.size(file) > LONGEST_KEY) {
                throw new TrustException("is not a public key: it is longer than " + LONGEST_KEY + " bytes");
            }
            return PluginKey.parsePem(Files.readString(file));
        });
        Path store = ofInstallation ? installation(config) : TrustStore.fileIn(config.dataDirectory());
        String called = name == null ? String.valueOf(file.getFileName()) : name;
        PluginVersions.records(config).trusted(key.id(), called);
        boolean _ = attempt("Nothing was changed:", () -> {
            TrustStore.trust(store, called, key);
            return true;
        });
        terminal.line("trusts %s (%s)".formatted(key.id(), called));
        return ExitCode.DONE;
    }

    private static Path installation(HostConfig config) {
        return config.pluginFolder()
                .installation()
                .map(TrustStore::fileOfInstallation)
                .orElseThrow(
                        () -> new CommandFailure(ExitCode.WRONG_USAGE, "This was not started from an installation"));
    }

    int untrust(HostConfig config, String keyId) {
        List<Path> stores = config.pluginFolder().trustStores(config.dataDirectory());
        TrustStore trusted = attempt("Nothing is trusted:", () -> TrustStore.read(stores));
        if (trusted.key(keyId).isEmpty()) {
            String known = String.join(
                    ", ",
                    trusted.entries().stream()
                            .map(entry -> entry.key().id() + " (" + entry.name() + ")")
                            .toList());
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "The key %s is not trusted anyway; trusted are %s"
                            .formatted(keyId, known.isEmpty() ? "none" : known));
        }
        PluginVersions.records(config).distrusted(keyId);
        boolean _ = attempt("Nothing was changed:", () -> {
            TrustStore.distrust(TrustStore.fileIn(config.dataDirectory()), keyId);
            return true;
        });
        terminal.line(
                "no longer trusts %s; what it signed and runs already goes on until the next start".formatted(keyId));
        return ExitCode.DONE;
    }

    /** Agrees to what the plugin's file in the plugins directory needs. */
    int consent(HostConfig config, String pluginId) throws IOException {
        return withSigner(signer -> {
            Permissions wanted = wanted(signer, config.pluginsDirectory(), pluginId)
                    .orElseThrow(() -> new CommandFailure(
                            ExitCode.FAILED,
                            "There is no plugin '%s' in %s".formatted(pluginId, config.pluginsDirectory())));
            Permissions more = new PluginConsent(config).agree(pluginId, wanted);
            terminal.line(
                    more.isEmpty()
                            ? "%s needs nothing that was not agreed to".formatted(pluginId)
                            : "%s may now: %s".formatted(pluginId, more));
            return ExitCode.DONE;
        });
    }

    /** Agrees to another key for a plugin. */
    int consentToKey(HostConfig config, String pluginId, String keyId) {
        TrustStore trusted = attempt(
                "Nothing is trusted:",
                () -> TrustStore.read(config.pluginFolder().trustStores(config.dataDirectory())));
        if (trusted.key(keyId).isEmpty()) {
            throw new CommandFailure(
                    ExitCode.FAILED, "The key %s is not trusted; `plugins trust` comes first".formatted(keyId));
        }
        terminal.line(
                new PluginConsent(config).agreeToKey(pluginId, keyId)
                        ? "%s may be signed by %s from now on".formatted(pluginId, keyId)
                        : "%s may be signed by %s already".formatted(pluginId, keyId));
        return ExitCode.DONE;
    }

    private static Optional<Permissions> wanted(PluginSigner signer, Path folder, String pluginId) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> found = Files.list(folder)) {
            found.filter(file -> file.toString().matches(".*/[^./][^/]*\\.(jar|zip)"))
                    .sorted()
                    .forEach(files::add);
        }
        Optional<Permissions> wanted = Optional.empty();
        for (Path file : files) {
            Optional<PluginStatement> said =
                    describe(signer, file).filter(it -> it.id().equals(pluginId));
            if (said.isPresent()) {
                wanted = Optional.of(
                        wanted.orElse(Permissions.none()).plus(said.get().permissions()));
            }
        }
        return wanted;
    }

    /** Empty for a file that is no plugin, so not the one that was meant. */
    private static Optional<PluginStatement> describe(PluginSigner signer, Path file) throws IOException {
        try {
            return Optional.of(signer.describe(file));
        } catch (TrustException e) {
            return Optional.empty();
        }
    }

    private static String text(PluginStatement said) {
        return "%s %s (sha256 %s…, permissions: %s)"
                .formatted(
                        said.id(),
                        said.version(),
                        said.sha256().substring(0, 12),
                        said.permissions().isEmpty() ? "none" : said.permissions());
    }

    private interface Work {
        int with(PluginSigner signer) throws IOException;
    }

    private static int withSigner(Work work) throws IOException {
        Path folder = ScratchFolder.create("signing");
        try {
            return work.with(new PluginSigner(folder));
        } finally {
            ScratchFolder.delete(folder);
        }
    }

    /** @param what the file it is about, or what is not done, with a colon */
    private static <R> R attempt(String what, Step<R> step) {
        try {
            return step.run();
        } catch (TrustException e) {
            throw new CommandFailure(ExitCode.FAILED, what + " " + e.reason());
        } catch (IOException e) {
            String about = what.endsWith(":") ? what : what + " cannot be used:";
            throw new CommandFailure(ExitCode.FAILED, about + " " + FailureReason.of(e));
        }
    }
}
