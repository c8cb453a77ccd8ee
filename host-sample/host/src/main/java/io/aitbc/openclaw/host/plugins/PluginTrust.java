package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.network.PaymentAccountFactory;
import io.aitbc.openclaw.api.service.BackgroundServiceFactory;
import io.aitbc.openclaw.host.trust.Consents;
import io.aitbc.openclaw.host.trust.Permissions;
import io.aitbc.openclaw.host.trust.PluginSignature;
import io.aitbc.openclaw.host.trust.PluginStatement;
import io.aitbc.openclaw.host.trust.SignaturePolicy;
import io.aitbc.openclaw.host.trust.TrustException;
import io.aitbc.openclaw.host.trust.TrustStore;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Decides whether a plugin file may be used: its signature before it is unpacked, what it needs before a class is loaded. */
final class PluginTrust {
    /**
     * A version that ran here.
     *
     * @param key that signed it
     */
    record Earlier(Permissions permissions, Optional<String> key) {}

    private final PluginFolderOptions options;
    private final Path consentFile;
    private final Consents consents;

    PluginTrust(PluginFolderOptions options, Path dataDirectory) {
        this.options = options;
        consentFile = Consents.fileIn(dataDirectory);
        consents = new Consents(consentFile);
    }

    Path consentFile() {
        return consentFile;
    }

    private boolean off() {
        return options.signatures() == SignaturePolicy.OFF;
    }

    FileCheck check(PluginEntry entry) {
        return new FileCheck(entry);
    }

    /** The checks of one file. */
    final class FileCheck {
        private final PluginEntry entry;
        private Optional<PluginStatement> statement = Optional.empty();
        private Optional<String> key = Optional.empty();

        private FileCheck(PluginEntry entry) {
            this.entry = entry;
        }

        /** Before anything is unpacked. */
        void file(String sha256) throws PluginLoadException {
            if (off()) {
                return;
            }
            try {
                statement = Optional.of(signed(sha256));
            } catch (TrustException e) {
                complain(e.reason());
            } catch (PluginLoadException e) {
                complain(e.reason());
            }
        }

        private PluginStatement signed(String sha256) throws TrustException, PluginLoadException {
            Path file = entry.source();
            PluginSignature signature = PluginSignature.read(file, sha256)
                    .orElseThrow(() -> new PluginLoadException("has no signature: "
                            + PluginSignature.fileOf(file).getFileName()
                            + " is missing; `plugins sign` makes one, plugins-signatures = warn does without"));
            PluginStatement said = signature.verified(TrustStore.read(options.trustStores()));
            if (!said.sha256().equals(sha256)) {
                throw new PluginLoadException("is not the file that was signed: its SHA-256 is another one");
            }
            entry.signedBy(signature.keyId());
            key = Optional.of(signature.keyId());
            return said;
        }

        /** What was signed must be what the file says of itself. */
        void manifest(PluginManifest manifest) throws PluginLoadException {
            if (statement.isPresent()) {
                PluginStatement said = statement.get();
                same("Plugin-Id", said.id(), manifest.id());
                same("Plugin-Version", said.version(), manifest.version());
                same("Plugin-Requires", said.requires(), manifest.requires().orElse(""));
                same(
                        "Plugin-Permissions",
                        said.permissions().toString(),
                        manifest.permissions().toString());
            }
        }

        private void same(String name, String signed, String actual) throws PluginLoadException {
            if (!signed.equals(actual)) {
                complain("its signature is for %s '%s', its manifest says '%s'"
                        .formatted(name, FailureText.oneLine(signed), FailureText.oneLine(actual)));
            }
        }

        /**
         * What can be known from the module without running it.
         *
         * @param earlier another version that ran here; asked where no consent is written down
         */
        void module(PluginManifest manifest, ModuleDescriptor module, Supplier<Optional<Earlier>> earlier)
                throws PluginLoadException {
            if (off()) {
                return;
            }
            declared(manifest, module, BackgroundServiceFactory.class, Permissions.BACKGROUND);
            declared(manifest, module, PaymentAccountFactory.class, Permissions.SPEND);
            consent(manifest, earlier);
        }

        private void declared(PluginManifest manifest, ModuleDescriptor module, Class<?> factory, String permission)
                throws PluginLoadException {
            boolean provides =
                    module.provides().stream().anyMatch(each -> each.service().equals(factory.getName()));
            if (provides && !manifest.permissions().contains(permission)) {
                complain("provides a %s without declaring the permission '%s' (Plugin-Permissions)"
                        .formatted(factory.getSimpleName(), permission));
            }
        }

        private void consent(PluginManifest manifest, Supplier<Optional<Earlier>> earlier) throws PluginLoadException {
            try {
                Optional<Permissions> written = consents.of(manifest.id());
                Optional<Earlier> ran = written.isPresent() ? Optional.empty() : earlier.get();
                Set<String> keys = new TreeSet<>(consents.keys(manifest.id()));
                ran.flatMap(Earlier::key).ifPresent(keys::add);
                if (written.isPresent() || ran.isPresent()) {
                    checkSigner(manifest.id(), keys);
                }
                Permissions agreed =
                        written.or(() -> ran.map(Earlier::permissions)).orElse(manifest.permissions());
                Permissions more = manifest.permissions().minus(agreed);
                if (!more.isEmpty()) {
                    throw new PluginLoadException(
                            "waits for consent to '%s', which it did not need before: `plugins consent %s`"
                                    .formatted(more, manifest.id()));
                }
            } catch (TrustException e) {
                throw new PluginLoadException(e.reason());
            }
        }

        /** Else whoever is trusted with one plugin could take the place of any other. */
        private void checkSigner(String id, Set<String> agreed) throws PluginLoadException, TrustException {
            if (agreed.isEmpty() || key.isEmpty() || agreed.contains(key.get())) {
                return;
            }
            TrustStore trusted = TrustStore.read(options.trustStores());
            // Where none of them is trusted any more, somebody has changed the key on purpose.
            if (agreed.stream().anyMatch(it -> trusted.key(it).isPresent())) {
                throw new PluginLoadException(
                        "is signed by the key %s, which did not sign '%s' before: it waits for `plugins consent %s --key %s`"
                                .formatted(key.get(), id, id, key.get()));
            }
        }

        private void complain(String problem) throws PluginLoadException {
            if (options.signatures() == SignaturePolicy.REQUIRE) {
                throw new PluginLoadException(problem);
            }
            entry.warn(problem);
        }
    }

    /** For a version that worked before: its key may have lost our trust since. */
    void checkKey(Optional<String> keyId) throws PluginLoadException {
        if (options.signatures() != SignaturePolicy.REQUIRE) {
            return;
        }
        try {
            TrustStore trusted = TrustStore.read(options.trustStores());
            if (keyId.flatMap(trusted::key).isEmpty()) {
                throw new PluginLoadException("is not signed by a key that is trusted now");
            }
        } catch (TrustException e) {
            throw new PluginLoadException(e.reason());
        }
    }

    /** It was started: whatever a later version needs beyond this, and beyond what was agreed to, has to be agreed to. */
    void accepted(PluginManifest manifest, Optional<String> key) throws PluginLoadException {
        if (off()) {
            return;
        }
        try {
            consents.installed(manifest.id(), manifest.permissions(), key);
        } catch (IOException | TrustException e) {
            throw PluginLoadException.passing("its permissions cannot be written down: " + FailureText.full(e));
        }
    }
}
