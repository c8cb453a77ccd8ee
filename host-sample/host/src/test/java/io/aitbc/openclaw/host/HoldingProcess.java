package io.aitbc.openclaw.host;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.contract.AskedProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Another process that tries to get a data directory and gives it up again, whenever it is asked. */
final class HoldingProcess {
    private HoldingProcess() {}

    /** Answers {@code got}, or why not. */
    static AskedProcess start(Path folder) throws IOException {
        return AskedProcess.start(
                HoldingProcess.class, List.of(DataDirectory.class, OpenClawException.class), folder.toString());
    }

    public static void main(String[] arguments) throws IOException {
        AskedProcess.answer(() -> {
            try {
                DataDirectory.lock(Path.of(arguments[0])).close();
                return "got";
            } catch (OpenClawException e) {
                return String.valueOf(e.getMessage());
            }
        });
    }
}
