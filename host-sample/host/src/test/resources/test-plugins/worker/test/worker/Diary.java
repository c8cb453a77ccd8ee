package test.worker;

import io.aitbc.openclaw.api.PluginContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** A file of the plugin's folder, one line for each event. */
final class Diary {
    private final PluginContext context;

    Diary(PluginContext context) {
        this.context = context;
    }

    void line(String text) {
        try {
            Files.writeString(
                    context.dataDirectory().resolve("diary"),
                    text + " " + context.pluginVersion() + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
