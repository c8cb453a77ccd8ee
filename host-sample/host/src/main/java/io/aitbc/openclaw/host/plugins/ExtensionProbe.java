package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.Extension;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.network.PaymentAccount;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import org.jspecify.annotations.Nullable;

/**
 * Asks an extension what it has to be able to say of itself at any time, before anybody depends on it: nothing of it goes to a network or
 * has an effect. Whoever calls sets the limit.
 */
final class ExtensionProbe {
    private ExtensionProbe() {}

    /** What it throws is thrown on. */
    static void ask(Extension extension, ExtensionKey<?> key) throws PluginLoadException {
        switch (extension) {
            case InferenceProvider provider -> {
                said(provider.placement(), key, "placement");
                boolean _ = provider.redacts();
            }
            case PaymentAccount account -> said(account.rail(), key, "rail");
            case ProofVerifier verifier -> said(verifier.kinds(), key, "kinds");
            default -> {
                // The others can only be asked for what they are there for.
            }
        }
    }

    private static void said(@Nullable Object answer, ExtensionKey<?> key, String what) throws PluginLoadException {
        if (answer == null) {
            throw new PluginLoadException(key + " does not say its " + what);
        }
    }
}
