package io.aitbc.openclaw.bench.outbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a process leave operations in its outbox and deliver them, kills it at random moments with {@code kill -9}, starts it
 * again, and lets the network to the receiver fail all the while. The process is told again to leave what it was not heard to
 * have left.
 *
 * @param lanes of the outbox
 * @param perLane operations in each
 * @param kills how often the process is killed
 */
record OutboxStorm(int lanes, int perLane, int kills, Duration limit) {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxStorm.class);
    private static final int LONGEST_LIFE_MILLIS = 1200;
    private static final int LONGEST_OUTAGE_MILLIS = 300;

    /** @param random the moments of the kills and the faults of the network */
    StormResult play(Path directory, Random random) throws IOException, InterruptedException {
        Path data = Files.createDirectories(directory.resolve("data"));
        Tally tally = new Tally(lanes, perLane);
        AtomicIntegerArray acknowledged = new AtomicIntegerArray(lanes);
        long end = System.nanoTime() + limit.toNanos();
        try (Receiver receiver = Receiver.start(tally, NetworkWeather.STORM, random)) {
            for (int life = 0; life <= kills; life++) {
                int until = perLane * (life + 1) / (kills + 1);
                Process process = start(data, directory.resolve("process.log"), receiver, acknowledged, until);
                try {
                    if (life < kills) {
                        live(process, receiver, random);
                    } else {
                        awaitAll(process, tally, end);
                    }
                } finally {
                    process.destroyForcibly().waitFor();
                }
                LOG.atInfo()
                        .addKeyValue("life", life)
                        .addKeyValue("arrived", tally.arrived())
                        .log("killed the process");
            }
            return new StormResult(
                    lanes * perLane,
                    tally.arrivedOnce(),
                    tally.doubled(),
                    tally.disordered(),
                    tally.lost(acknowledged(acknowledged)),
                    kills,
                    receiver.faults());
        }
    }

    private Process start(Path data, Path log, Receiver receiver, AtomicIntegerArray acknowledged, int until)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=org.xerial.sqlitejdbc",
                "--module-path",
                System.getProperty("jdk.module.path", ""),
                "--module",
                OutboxProcess.class.getModule().getName() + "/" + OutboxProcess.class.getName(),
                data.toString(),
                Integer.toString(receiver.port())));
        for (int lane = 0; lane < lanes; lane++) {
            command.add(acknowledged.get(lane) + "-" + until);
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Thread.ofPlatform().daemon().name("storm-acknowledged").start(() -> read(process, acknowledged));
        return process;
    }

    /** A line that was cut off by the kill was not heard. */
    private static void read(Process process, AtomicIntegerArray acknowledged) {
        try (BufferedReader reader = process.inputReader()) {
            reader.lines().filter(line -> line.endsWith(".")).forEach(line -> {
                Operation operation = Operation.of(line.substring(0, line.length() - 1));
                int _ = acknowledged.accumulateAndGet(operation.lane(), operation.number() + 1, Math::max);
            });
        } catch (IOException | java.io.UncheckedIOException e) {
            LOG.debug("the process is gone", e);
        }
    }

    private static void live(Process process, Receiver receiver, Random random)
            throws IOException, InterruptedException {
        // Most of the time it takes to start is before anything happens.
        int life = 300 + random.nextInt(LONGEST_LIFE_MILLIS);
        int outage = random.nextInt(LONGEST_OUTAGE_MILLIS);
        boolean ended = process.waitFor(life, TimeUnit.MILLISECONDS);
        receiver.away(true);
        ended |= process.waitFor(outage, TimeUnit.MILLISECONDS);
        if (random.nextBoolean()) {
            receiver.away(false);
            ended |= process.waitFor(outage, TimeUnit.MILLISECONDS);
        }
        process.destroyForcibly();
        receiver.away(false);
        if (ended) {
            throw new IOException("the process ended by itself; see process.log");
        }
    }

    private void awaitAll(Process process, Tally tally, long end) throws InterruptedException {
        boolean ended = false;
        while (!ended && tally.arrived() < (long) lanes * perLane && System.nanoTime() < end) {
            ended = process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        // What is repeated now, although it arrived, would be doubled.
        boolean _ = process.waitFor(300, TimeUnit.MILLISECONDS);
    }

    private int[] acknowledged(AtomicIntegerArray acknowledged) {
        int[] numbers = new int[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            numbers[lane] = acknowledged.get(lane);
        }
        return numbers;
    }
}
