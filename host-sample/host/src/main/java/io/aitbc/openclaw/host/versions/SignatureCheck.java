package io.aitbc.openclaw.host.versions;

import io.aitbc.openclaw.host.plugins.PluginFile;
import io.aitbc.openclaw.host.trust.PluginSignature;
import io.aitbc.openclaw.host.trust.PluginStatement;
import io.aitbc.openclaw.host.trust.SignaturePolicy;
import io.aitbc.openclaw.host.trust.TrustException;
import io.aitbc.openclaw.host.trust.TrustStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whether somebody who is trusted vouches for a file, asked before anything of it runs.
 *
 * @param policy the one of the host the file is for
 * @param trustStores files with trusted keys; the later one wins
 */
public record SignatureCheck(SignaturePolicy policy, List<Path> trustStores) {
    public SignatureCheck {
        trustStores = List.copyOf(trustStores);
    }

    /** Where nobody asks. */
    static SignatureCheck none() {
        return new SignatureCheck(SignaturePolicy.OFF, List.of());
    }

    /** Whether a file with a problem must not be used. */
    boolean required() {
        return policy == SignaturePolicy.REQUIRE;
    }

    /** @return what is wrong with the signature beside the file; empty when it is right, or nobody asks */
    Optional<String> problem(Path file, PluginFile read) {
        if (policy == SignaturePolicy.OFF) {
            return Optional.empty();
        }
        try {
            Optional<PluginSignature> signature = PluginSignature.read(file, read.sha256());
            if (signature.isEmpty()) {
                return Optional.of("it has no signature");
            }
            PluginStatement said = signature.get().verified(TrustStore.read(trustStores));
            boolean fits = said.sha256().equals(read.sha256())
                    && said.id().equals(read.id())
                    && said.version().equals(read.version())
                    && said.requires().equals(read.requires().orElse(""))
                    && List.copyOf(said.permissions().tokens()).equals(read.permissions());
            return fits ? Optional.empty() : Optional.of("it is not the file that was signed");
        } catch (TrustException e) {
            return Optional.of("it " + e.reason());
        }
    }
}
