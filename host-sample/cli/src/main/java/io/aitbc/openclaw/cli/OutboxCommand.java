package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.OutboxMessage;
import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.host.StoppedHost;
import io.aitbc.openclaw.host.outbox.OutboxCounts;
import io.aitbc.openclaw.host.outbox.OutboxEntry;
import io.aitbc.openclaw.host.outbox.OutboxView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "outbox",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(list|show|retry|discard)",
        description = "What waits to be delivered, and what to do with what cannot be.",
        footer = "Works on the data directory, whether a host runs with it or not.")
final class OutboxCommand {
    private static final int MOST_ROWS = 1000;

    private final CommandContext context;

    OutboxCommand(CommandContext context) {
        this.context = context;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "What is not delivered, in order, then what is, the last first.")
    int list(
            @Mixin HostOptions options,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "Most rows, 1 to 1000 (default: 50).")
                    int limit,
            @Option(names = "--json", description = "Print one JSON document.") boolean json) {
        if (limit < 1 || limit > MOST_ROWS) {
            throw new CommandFailure(
                    ExitCode.WRONG_USAGE, "--limit must be 1 to %d, not %d".formatted(MOST_ROWS, limit));
        }
        HostConfig config = options.read(context.environment());
        try (OutboxView view = OutboxView.open(config.dataDirectory())) {
            OutboxCounts counts = view.counts();
            List<OutboxEntry> entries = view.list(limit);
            if (json) {
                printJson(counts, entries);
            } else {
                printTable(counts, entries);
            }
        }
        return ExitCode.DONE;
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "All that is known of one message.")
    int show(
            @Mixin HostOptions options,
            @Parameters(paramLabel = "SEQUENCE", description = "The message's number in the list.") long sequence,
            @Option(names = "--payload", description = "Show what it says, which may be private.") boolean payload,
            @Option(names = "--json", description = "Print one JSON document.") boolean json) {
        HostConfig config = options.read(context.environment());
        try (OutboxView view = OutboxView.open(config.dataDirectory())) {
            OutboxEntry entry = view.find(sequence)
                    .orElseThrow(() -> new CommandFailure(
                            ExitCode.FAILED,
                            "The outbox has no message %d; `outbox list` shows all".formatted(sequence)));
            Json documents = new Json();
            ObjectNode document = documents.object();
            write(document, entry);
            if (payload) {
                document.put("payload", entry.message().payload());
            }
            if (json) {
                context.terminal().line(documents.write(document));
            } else {
                document.properties()
                        .forEach(field -> context.terminal()
                                .line("%-11s%s"
                                        .formatted(
                                                field.getKey(), field.getValue().asString(""))));
            }
        }
        return ExitCode.DONE;
    }

    @Command(name = "retry", mixinStandardHelpOptions = true, description = "Tries a message again at once.")
    int retry(
            @Mixin HostOptions options,
            @Parameters(paramLabel = "SEQUENCE", description = "The message's number in the list.") long sequence,
            @Option(names = "--json", description = "Print one JSON document.") boolean json)
            throws InterruptedException {
        return decide(options, sequence, "retry", json);
    }

    @Command(
            name = "discard",
            mixinStandardHelpOptions = true,
            description = "Gives a message up; its lane goes on without it.")
    int discard(
            @Mixin HostOptions options,
            @Parameters(paramLabel = "SEQUENCE", description = "The message's number in the list.") long sequence,
            @Option(names = "--json", description = "Print one JSON document.") boolean json)
            throws InterruptedException {
        return decide(options, sequence, "discard", json);
    }

    private int decide(HostOptions options, long sequence, String decision, boolean json) throws InterruptedException {
        HostConfig config = options.read(context.environment());
        Optional<HostClient> running = HostClient.find(config);
        if (running.isPresent()) {
            try (HostClient host = running.get()) {
                boolean _ = host.post("outbox/" + sequence + "/" + decision).isObject();
            }
        } else {
            decideStopped(config, sequence, decision);
        }
        return show(options, sequence, false, json);
    }

    private static void decideStopped(HostConfig config, long sequence, String decision) {
        try (StoppedHost host = StoppedHost.open(config)) {
            if (decision.equals("retry")) {
                host.outbox().retry(sequence);
            } else {
                host.outbox().discard(sequence);
            }
        }
    }

    private void printTable(OutboxCounts counts, List<OutboxEntry> entries) {
        Terminal terminal = context.terminal();
        TextTable table = new TextTable("SEQUENCE", "STATE", "TOPIC", "LANE", "KEY", "ATTEMPTS", "AGE", "NOTE");
        Instant now = Instant.now();
        for (OutboxEntry entry : entries) {
            OutboxMessage message = entry.message();
            table.row(
                    Long.toString(message.sequence()),
                    state(message.state()),
                    message.topic(),
                    message.lane(),
                    message.key(),
                    Integer.toString(message.attempts()),
                    age(Duration.between(message.addedAt(), now)),
                    message.note());
        }
        table.lines().forEach(terminal::line);
        terminal.line("%,d waiting, %,d in conflict, %,d delivered, %,d discarded"
                .formatted(counts.waiting(), counts.conflicts(), counts.delivered(), counts.discarded()));
    }

    private String state(OutboxMessage.State state) {
        String name = state.name().toLowerCase(Locale.ROOT);
        Terminal terminal = context.terminal();
        return switch (state) {
            case DELIVERED -> terminal.good(name);
            case CONFLICT -> terminal.bad(name);
            case WAITING, DISCARDED -> terminal.warn(name);
        };
    }

    static String age(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + " d";
        }
        return age.toHours() > 0
                ? age.toHours() + " h"
                : age.toMinutes() > 0 ? age.toMinutes() + " min" : age.toSeconds() + " s";
    }

    private void printJson(OutboxCounts counts, List<OutboxEntry> entries) {
        Json documents = new Json();
        ObjectNode document = documents
                .object()
                .put("waiting", counts.waiting())
                .put("conflict", counts.conflicts())
                .put("delivered", counts.delivered())
                .put("discarded", counts.discarded())
                .put("waitingBytes", counts.waitingBytes())
                .put(
                        "oldestWaitingSince",
                        counts.oldestWaiting().map(Instant::toString).orElse(null));
        ArrayNode rows = document.putArray("messages");
        entries.forEach(entry -> write(rows.addObject(), entry));
        context.terminal().line(documents.write(document));
    }

    private static void write(ObjectNode node, OutboxEntry entry) {
        OutboxMessage message = entry.message();
        node.put("sequence", message.sequence())
                .put("topic", message.topic())
                .put("lane", message.lane())
                .put("key", message.key())
                .put("state", message.state().name().toLowerCase(Locale.ROOT))
                .put("attempts", message.attempts())
                .put("note", message.note())
                .put("bytes", entry.bytes())
                .put("addedAt", message.addedAt().toString())
                .put("changedAt", entry.changedAt().toString())
                .put("dueAt", entry.dueAt().toString());
    }
}
