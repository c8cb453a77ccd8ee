package io.aitbc.openclaw.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What figures were measured on. */
public final class Machine {
    private Machine() {}

    /** One line: processors, operating system, Java. */
    public static String describe() {
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %s %s, Java %s",
                processor().orElse(System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.version().feature());
    }

    /** Resident memory of a process in bytes; empty where the system does not tell. */
    public static Optional<Long> residentBytes(long pid) {
        return firstValue(Path.of("/proc/" + pid + "/status"), "VmRSS:")
                .map(text -> Long.parseLong(text.replaceAll("[^0-9]", "")) * 1024);
    }

    private static Optional<String> processor() {
        return firstValue(Path.of("/proc/cpuinfo"), "model name").map(text -> text.replaceFirst("^:\\s*", ""));
    }

    private static Optional<String> firstValue(Path file, String start) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(start))
                    .map(line -> line.substring(start.length()).strip())
                    .findFirst();
        } catch (IOException | java.io.UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
