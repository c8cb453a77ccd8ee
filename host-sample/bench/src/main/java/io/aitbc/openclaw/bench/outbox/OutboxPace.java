package io.aitbc.openclaw.bench.outbox;

import io.aitbc.openclaw.host.outbox.HostOutbox;
import io.aitbc.openclaw.host.plugins.PluginHost;
import io.aitbc.openclaw.host.plugins.PluginHostOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * How fast the outbox takes and delivers when nothing fails.
 *
 * @param addsPerSecond of as many callers as there are lanes
 * @param insertsPerSecond of plain SQLite with a sync for each, the baseline
 * @param deliveriesPerSecond of what had gathered while the receiver was away
 * @param requestsPerSecond to the same receiver without an outbox, the baseline
 */
record OutboxPace(double addsPerSecond, double insertsPerSecond, double deliveriesPerSecond, double requestsPerSecond) {
    private static final int LANES = 16;
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(120);

    static OutboxPace measure(Path directory, int operations) throws IOException, SQLException, InterruptedException {
        int perLane = operations / LANES;
        double inserts = inserts(directory.resolve("plain.db"), operations / 5);
        double requests;
        try (Receiver receiver = Receiver.start(new Tally(LANES, perLane), NetworkWeather.FAIR, new Random(1));
                ReceiverClient client = new ReceiverClient(receiver.port())) {
            requests = perSecond(perLane, operation -> {
                try {
                    client.take(operation.key(), 0, operation.payload());
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
        }
        Tally tally = new Tally(LANES, perLane);
        Path data = Files.createDirectories(directory.resolve("pace"));
        try (Receiver receiver = Receiver.start(tally, NetworkWeather.FAIR, new Random(1));
                ReceiverClient client = new ReceiverClient(receiver.port());
                PluginHost host = PluginHost.start(
                        PluginHostOptions.of(Files.createDirectories(data.resolve("no-plugins")), data)
                                .withOutbox(OutboxProcess.OPTIONS),
                        List.of(new Sender(client)))) {
            HostOutbox outbox = host.outbox();
            double adds = perSecond(perLane, operation -> {
                String _ = outbox.add(Sender.TOPIC, operation.laneName(), operation.key(), operation.payload())
                        .key();
            });
            return new OutboxPace(adds, inserts, deliveries(host, tally, LANES * perLane), requests);
        }
    }

    private static double deliveries(PluginHost host, Tally tally, int all) throws IOException {
        long start = System.nanoTime();
        host.work();
        while (tally.arrived() < all) {
            if (System.nanoTime() - start > LIMIT_NANOS) {
                throw new IOException("only %d of %d operations arrived".formatted(tally.arrived(), all));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
        return all / seconds(start);
    }

    private static double perSecond(int perLane, Consumer<Operation> each) throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> lanes = IntStream.range(0, LANES)
                    .<Future<?>>mapToObj(lane -> threads.submit(() -> IntStream.range(0, perLane)
                            .mapToObj(number -> new Operation(lane, number))
                            .forEach(each)))
                    .toList();
            for (Future<?> lane : lanes) {
                Object _ = lane.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
        return LANES * perLane / seconds(start);
    }

    private static double inserts(Path file, int count) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute(
                    "CREATE TABLE operations (operation_key TEXT NOT NULL PRIMARY KEY, payload TEXT NOT NULL)");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO operations VALUES (?, ?)")) {
                long start = System.nanoTime();
                for (int number = 0; number < count; number++) {
                    Operation operation = new Operation(0, number);
                    insert.setString(1, operation.key());
                    insert.setString(2, operation.payload());
                    insert.executeUpdate();
                }
                return count / seconds(start);
            }
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
