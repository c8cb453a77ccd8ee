package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.Durations;
import io.aitbc.openclaw.api.proof.ChainRecord;
import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.host.proofs.ProofRegistry;
import io.aitbc.openclaw.host.proofs.RecordQuery;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Records of answers, the last first; neither prompts nor answers.")
final class ProofListCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private HostOptions options = new HostOptions();

    @Option(names = "--for", paramLabel = "JOB|REQUEST", description = "Only those of this job or request.")
    private @Nullable String about;

    @Option(
            names = "--since",
            paramLabel = "TIME|DURATION",
            description = "Only of answers that ended since: 2026-11-25T10:00:00Z, or 2h for the last two hours.")
    private @Nullable String since;

    @Option(names = "--before", paramLabel = "TIME|DURATION", description = "Only of answers that ended before.")
    private @Nullable String before;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "Most rows, 1 to 1000 (default: 50).")
    private int limit = 50;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    ProofListCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (limit < 1 || limit > RecordQuery.MOST) {
            throw new CommandFailure(
                    ExitCode.WRONG_USAGE, "--limit must be 1 to %d, not %d".formatted(RecordQuery.MOST, limit));
        }
        RecordQuery query =
                new RecordQuery(Optional.ofNullable(about), time("--since", since), time("--before", before), limit);
        HostConfig config = options.read(context.environment());
        Optional<HostClient> running = HostClient.find(config);
        JsonNode document;
        if (running.isPresent()) {
            try (HostClient host = running.get()) {
                document = host.get("proofs/records?" + parameters(query));
            }
        } else {
            document = stopped(config, query);
        }
        if (json) {
            context.terminal().line(new Json().write(document));
        } else {
            print(document);
        }
        return ExitCode.DONE;
    }

    private static Optional<Instant> time(String option, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    text.contains(":") ? Instant.parse(text) : Instant.now().minus(Durations.parse(text)));
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCode.WRONG_USAGE,
                    "%s must be a time such as 2026-11-25T10:00:00Z or a duration such as 2h, not '%s'"
                            .formatted(option, text));
        }
    }

    private static String parameters(RecordQuery query) {
        StringBuilder parameters = new StringBuilder("limit=" + query.most());
        query.about().ifPresent(id -> parameters.append("&id=").append(URLEncoder.encode(id, StandardCharsets.UTF_8)));
        query.since().ifPresent(time -> parameters.append("&since=").append(time));
        query.before().ifPresent(time -> parameters.append("&before=").append(time));
        return parameters.toString();
    }

    private static JsonNode stopped(HostConfig config, RecordQuery query) {
        ObjectNode document = new Json().object();
        ArrayNode rows = document.putArray("records");
        ProofChains.with(config, chain -> {
                    try (ProofRegistry registry = new ProofRegistry(config.dataDirectory())) {
                        return registry.find(chain, query);
                    }
                })
                .forEach(record -> write(rows.addObject(), record));
        return document;
    }

    private static void write(ObjectNode node, ChainRecord record) {
        node.put("index", record.index()).put("request", record.requestId());
        record.jobId().ifPresent(job -> node.put("job", job));
        record.network().ifPresent(network -> node.put("network", network));
        node.put("model", record.model())
                .put("provider", record.provider())
                .put("route", record.route())
                .put("started", record.started().toString())
                .put("ended", record.ended().toString())
                .put("assurance", record.assurance().name());
    }

    private void print(JsonNode document) {
        TextTable table = new TextTable("RECORD", "ENDED", "REQUEST", "JOB", "PROVIDER", "MODEL", "ASSURANCE");
        for (JsonNode record : document.path("records")) {
            table.row(
                    cell(record, "index"),
                    cell(record, "ended"),
                    cell(record, "request"),
                    cell(record, "job"),
                    cell(record, "provider"),
                    cell(record, "model"),
                    cell(record, "assurance"));
        }
        table.lines().forEach(context.terminal()::line);
    }

    /** Networks name jobs as they like. */
    private static String cell(JsonNode record, String name) {
        return Terminal.plain(record.path(name).asString("-"));
    }
}
