package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.ProofChain;
import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.host.StoppedPlugins;
import io.aitbc.openclaw.host.files.ScratchFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/** Proof chains of hosts that do not run. */
final class ProofChains {
    private ProofChains() {}

    /** Uses the chain in the data directory, which no host may use meanwhile. */
    static <R> R with(HostConfig config, Function<ProofChain, R> use) {
        try (StoppedPlugins plugins = StoppedPlugins.load(config)) {
            ProofChain chain = plugins.extensions()
                    .first(ProofChain.class)
                    .orElseThrow(() -> new CommandFailure(
                            ExitCode.FAILED,
                            "No plugin in %s keeps a proof chain; see `plugins list`"
                                    .formatted(config.pluginsDirectory())));
            return use.apply(chain);
        } catch (OpenClawException e) {
            throw new CommandFailure(ExitCode.FAILED, e.getMessage());
        }
    }

    /**
     * Uses a chain without records, to check what others made: depends on nothing that lies on this machine but its plugins and whom it
     * trusts with them, and leaves nothing behind.
     */
    static <R> R empty(HostOptions options, CommandContext context, Function<ProofChain, R> use) throws IOException {
        return elsewhere(options, context, config -> with(config, use));
    }

    /** With a data directory of its own, which goes afterwards; plugins are trusted as in the operator's. */
    static <R> R elsewhere(HostOptions options, CommandContext context, Function<HostConfig, R> use)
            throws IOException {
        Path folder = ScratchFolder.create("proof");
        try {
            Path data = folder.resolve("data");
            TrialHost.copyTrust(options.read(context.environment()).dataDirectory(), data);
            return use.apply(options.read(context.environment(), Map.of("data-directory", data.toString())));
        } finally {
            ScratchFolder.delete(folder);
        }
    }
}
