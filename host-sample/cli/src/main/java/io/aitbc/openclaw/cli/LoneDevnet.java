package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.devnet.Devnet;
import io.aitbc.openclaw.devnet.DevnetOptions;
import io.aitbc.openclaw.engine.EmbeddedEngine;
import io.aitbc.openclaw.engine.EmbeddedEngineOptions;
import io.aitbc.openclaw.host.files.ScratchFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A devnet without a host: with an engine for its miner, and a folder for the engine. */
final class LoneDevnet implements AutoCloseable {
    private final Path folder;
    private final EmbeddedEngine engine;
    private @Nullable Devnet devnet;

    private LoneDevnet(Path folder) {
        this.folder = folder;
        engine = EmbeddedEngine.open(EmbeddedEngineOptions.in(folder));
    }

    static LoneDevnet start(DevnetOptions options) throws IOException {
        LoneDevnet lone = new LoneDevnet(ScratchFolder.create("devnet"));
        try {
            lone.devnet = Devnet.start(options, lone.engine);
            return lone;
        } catch (RuntimeException e) {
            lone.close();
            throw e;
        }
    }

    Devnet devnet() {
        if (devnet == null) {
            throw new IllegalStateException("The devnet is not running");
        }
        return devnet;
    }

    @Override
    public void close() throws IOException {
        if (devnet != null) {
            devnet.close();
        }
        engine.close();
        ScratchFolder.delete(folder);
    }
}
