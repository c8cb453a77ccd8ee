package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.host.trust.Consents;
import io.aitbc.openclaw.host.trust.Permissions;
import io.aitbc.openclaw.host.trust.SignaturePolicy;
import io.aitbc.openclaw.host.trust.TrustException;
import io.aitbc.openclaw.host.versions.UpgradePlan;
import io.aitbc.openclaw.host.versions.VersionRecords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What plugins may do, as the operator agrees to it; each consent is in the history. */
final class PluginConsent {
    private final HostConfig config;
    private final VersionRecords records;
    private final Consents consents;

    PluginConsent(HostConfig config) {
        this.config = config;
        this.records = PluginVersions.records(config);
        this.consents = new Consents(Consents.fileIn(config.dataDirectory()));
    }

    /**
     * Agrees to what a plugin wants.
     *
     * @return what was not agreed to before
     */
    Permissions agree(String pluginId, Permissions wanted) {
        return attempt(() -> {
            Permissions more = wanted.minus(consents.of(pluginId).orElse(Permissions.none()));
            if (!more.isEmpty()) {
                records.consented(pluginId, more.toString());
            }
            Permissions _ = consents.agree(pluginId, wanted);
            return more;
        });
    }

    /**
     * Agrees to another key that may sign a plugin.
     *
     * @return whether that is new
     */
    boolean agreeToKey(String pluginId, String keyId) {
        return attempt(() -> {
            if (!consents.keys(pluginId).contains(keyId)) {
                records.consented(pluginId, "key " + keyId);
            }
            return consents.agreeToKey(pluginId, keyId);
        });
    }

    /** Agrees to all that the steps of an upgrade need in addition. */
    void agree(UpgradePlan plan) {
        for (UpgradePlan.Step step : plan.steps()) {
            if (!missing(step).isEmpty()) {
                Permissions _ = agree(step.release().id(), wanted(step));
            }
        }
    }

    /**
     * Before anything of it is done.
     *
     * @throws CommandFailure when a step needs more than was agreed to
     */
    void require(UpgradePlan plan) {
        if (config.pluginFolder().signatures() == SignaturePolicy.OFF) {
            return;
        }
        List<String> missing = new ArrayList<>();
        for (UpgradePlan.Step step : plan.steps()) {
            Permissions more = missing(step);
            if (!more.isEmpty()) {
                missing.add("%s %s needs consent to '%s'"
                        .formatted(step.release().id(), step.release().version(), more));
            }
        }
        if (!missing.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.FAILED, String.join(", ", missing) + ": --consent gives it; nothing was changed");
        }
    }

    /** What was agreed to is at least what the installed version needs, where nothing is written down. */
    private Permissions missing(UpgradePlan.Step step) {
        return attempt(() -> wanted(step)
                .minus(consents.of(step.release().id())
                        .orElse(permissions(step.installed().permissions()))));
    }

    private static Permissions wanted(UpgradePlan.Step step) {
        return attempt(() -> permissions(step.release().permissions()));
    }

    private static Permissions permissions(List<String> tokens) throws TrustException {
        return Permissions.parse(String.join(" ", tokens));
    }

    private interface Step<R> {
        R run() throws IOException, TrustException;
    }

    private static <R> R attempt(Step<R> step) {
        try {
            return step.run();
        } catch (TrustException e) {
            throw new CommandFailure(ExitCode.FAILED, "Nothing was agreed to: " + e.reason());
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "Nothing was agreed to: " + FailureReason.of(e));
        }
    }
}
