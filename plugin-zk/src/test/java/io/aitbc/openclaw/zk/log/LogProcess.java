package io.aitbc.openclaw.zk.log;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/** Appends for ever with several threads, and says after each append what was acknowledged: index and leaf. */
final class LogProcess {
    private static final int CALLERS = 4;

    private LogProcess() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        LogKey key = LogKey.in(folder.resolve("key"), new SecureRandom());
        DurableLog log = DurableLog.open(folder, key, Duration.ZERO);
        String run = arguments[1];
        for (int caller = 0; caller < CALLERS; caller++) {
            int number = caller;
            Thread thread = Thread.ofPlatform().start(() -> appendForEver(log, run + "-" + number));
            assert thread.isAlive();
        }
    }

    private static void appendForEver(DurableLog log, String name) {
        try {
            for (int i = 0; ; i++) {
                String leaf = name + "-" + i;
                int index = log.append(
                        List.of(leaf),
                        leaf.getBytes(StandardCharsets.UTF_8),
                        leaf.repeat(200).getBytes(StandardCharsets.UTF_8));
                String checkpoint = i % 16 == 0 ? log.checkpoint().note().replace("\n", "|") : "";
                say(index + " " + leaf + (checkpoint.isEmpty() ? "" : " " + checkpoint));
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** One write for a line: what is killed may cut the last. */
    @SuppressWarnings("SystemOut")
    private static void say(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (LogProcess.class) {
            System.out.write(bytes, 0, bytes.length);
            System.out.flush();
        }
    }
}
