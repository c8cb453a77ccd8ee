package test.verifier;

import io.aitbc.openclaw.api.PluginContext;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tasks that only an interrupt ends. */
final class BackgroundWork {
    private BackgroundWork() {}

    static void start(PluginContext context) {
        context.executor().submit(() -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                note(context, "task-interrupted");
            }
        });
        context.scheduler().scheduleAtFixedRate(() -> note(context, "tick"), 0, 5, TimeUnit.MILLISECONDS);
    }

    private static void note(PluginContext context, String name) {
        try {
            Files.writeString(context.dataDirectory().resolve(name), context.pluginVersion());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
