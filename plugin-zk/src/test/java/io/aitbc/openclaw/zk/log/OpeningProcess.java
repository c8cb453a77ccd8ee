package io.aitbc.openclaw.zk.log;

import io.aitbc.openclaw.contract.AskedProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/** Another process that tries to open a log and closes it again, whenever it is asked. */
final class OpeningProcess {
    /** What a process with a log needs. */
    static final List<Class<?>> NEEDED =
            List.of(DurableLog.class, org.bouncycastle.math.ec.rfc8032.Ed25519.class, org.slf4j.Logger.class);

    private OpeningProcess() {}

    /** Answers {@code opened}, or why not. */
    static AskedProcess start(Path folder) throws IOException {
        return AskedProcess.start(OpeningProcess.class, NEEDED, folder.toString());
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        LogKey key = LogKey.in(folder.resolve("key"), new SecureRandom());
        AskedProcess.answer(() -> {
            try {
                DurableLog.open(folder, key, Duration.ZERO).close();
                return "opened";
            } catch (IOException e) {
                return String.valueOf(e.getMessage());
            }
        });
    }
}
