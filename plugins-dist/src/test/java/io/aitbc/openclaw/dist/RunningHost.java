package io.aitbc.openclaw.dist;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A host in a process of its own. */
final class RunningHost implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String READY = "ready http://";

    private final Process process;
    private final String url;
    private final Duration readyAfter;
    private final Path errors;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private RunningHost(Process process, String firstLine, Duration readyAfter, Path errors, BufferedReader rest) {
        this.process = process;
        this.url = firstLine.substring("ready ".length());
        this.readyAfter = readyAfter;
        this.errors = errors;
        lines.add(firstLine);
        reader = Thread.ofVirtual().start(() -> rest.lines().forEach(this::said));
    }

    private synchronized void said(String line) {
        lines.add(line);
        notifyAll();
    }

    /** Waits until it has printed a line that begins so; what stands behind the beginning. */
    synchronized String awaitLine(String beginning) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            for (String line : lines) {
                if (line.startsWith(beginning)) {
                    return line.substring(beginning.length()).strip();
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("It never said '" + beginning + "': " + lines);
            }
            wait(left);
        }
    }

    static RunningHost awaitReady(Process process, long startNanos, Path errors) throws IOException {
        Thread watchdog = Thread.ofVirtual().start(() -> kill(process));
        BufferedReader reader = process.inputReader();
        String first = reader.readLine();
        Duration after = Duration.ofNanos(System.nanoTime() - startNanos);
        watchdog.interrupt();
        if (first == null || !first.startsWith(READY)) {
            process.destroyForcibly();
            throw new AssertionError("The first line is '%s'; errors: %s".formatted(first, Files.readString(errors)));
        }
        return new RunningHost(process, first, after, errors, reader);
    }

    /** A process that never says it is ready is ended, which ends the wait for its first line. */
    private static void kill(Process process) {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Process process() {
        return process;
    }

    /** {@code http://127.0.0.1:PORT}. */
    String url() {
        return url;
    }

    Duration readyAfter() {
        return readyAfter;
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    /** Resident memory in bytes, as Linux counts it. */
    long residentBytes() {
        try (Stream<String> status = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            String line =
                    status.filter(it -> it.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it to stop (SIGTERM) and waits; the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("It did not stop within " + PATIENCE);
        }
        reader.join();
        return process.exitValue();
    }

    /** Ends it as a crash would (SIGKILL), and waits. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("It did not end within " + PATIENCE);
        }
    }

    /** What it printed on standard output; all of it once it was terminated. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
