package io.aitbc.openclaw.bench.outbox;

import io.aitbc.openclaw.host.outbox.HostOutbox;
import io.aitbc.openclaw.host.outbox.OutboxOptions;
import io.aitbc.openclaw.host.plugins.PluginHost;
import io.aitbc.openclaw.host.plugins.PluginHostOptions;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A plugin host that leaves operations in its outbox and delivers them, to be killed. Each line on its output is an operation
 * that it was told is on disk; it ends when its input does.
 *
 * <p>Arguments: data directory, port of the receiver, and for each lane {@code from-to}, the operations to leave.
 */
public final class OutboxProcess {
    static final OutboxOptions OPTIONS =
            OutboxOptions.defaults().withPauses(Duration.ofMillis(10), Duration.ofMillis(200));

    private OutboxProcess() {}

    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[0]);
        ReceiverClient client = new ReceiverClient(Integer.parseInt(arguments[1]));
        PluginHostOptions options = PluginHostOptions.of(Files.createDirectories(data.resolve("no-plugins")), data)
                .withOutbox(OPTIONS);
        PluginHost host = PluginHost.start(options, List.of(new Sender(client)));
        host.work();
        List<String> lanes = Arrays.asList(arguments).subList(2, arguments.length);
        for (int lane = 0; lane < lanes.size(); lane++) {
            int number = lane;
            String[] range = lanes.get(lane).split("-", 2);
            Thread.ofVirtual()
                    .start(() -> leave(
                            host.outbox(), number, Integer.parseInt(range[0]), Integer.parseInt(range[1]), System.out));
        }
        while (System.in.read() >= 0) {
            // Whoever started this process holds its input open as long as he lives.
        }
        Runtime.getRuntime().halt(0);
    }

    private static void leave(HostOutbox outbox, int lane, int from, int to, PrintStream told) {
        IntStream.range(from, to)
                .mapToObj(number -> new Operation(lane, number))
                .forEach(operation -> {
                    String key = outbox.add(Sender.TOPIC, operation.laneName(), operation.key(), operation.payload())
                            .key();
                    told.println(key + "."); // the point ends it: a kill may cut a line
                });
    }
}
