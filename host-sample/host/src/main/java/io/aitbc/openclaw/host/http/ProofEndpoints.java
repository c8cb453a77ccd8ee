package io.aitbc.openclaw.host.http;

import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.proof.ChainHead;
import io.aitbc.openclaw.api.proof.ChainRecord;
import io.aitbc.openclaw.api.proof.ConsistencyProof;
import io.aitbc.openclaw.api.proof.ProofChain;
import io.aitbc.openclaw.host.http.answer.Answers;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.answer.ProofRecorder;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import io.aitbc.openclaw.host.http.wire.Exchange;
import io.aitbc.openclaw.host.http.wire.Routes;
import io.aitbc.openclaw.host.proofs.ProofRegistry;
import io.aitbc.openclaw.host.proofs.RecordQuery;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be shown of answers. */
final class ProofEndpoints {
    /** A local answer is recorded while its last line travels. */
    private static final Duration RECORDING = Duration.ofSeconds(5);

    private static final int RECORDS = 100;
    private static final Pattern RECORD = Pattern.compile(".*/proofs/([A-Za-z0-9._:-]{1,200})");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final Extensions extensions;
    private final Answers answers;
    private final HostInfo info;
    private final ProofRecorder recorder;

    ProofEndpoints(Extensions extensions, Answers answers, HostInfo info, ProofRecorder recorder) {
        this.extensions = extensions;
        this.answers = answers;
        this.info = info;
        this.recorder = recorder;
    }

    void addTo(Routes routes, String base) {
        routes.add("GET", base + "proofs", Routes.Style.OLLAMA, this::head);
        routes.add("GET", base + "proofs/records", Routes.Style.OLLAMA, this::records);
        routes.add("GET", base + "proofs/consistency", Routes.Style.OLLAMA, this::consistency);
        routes.add("GET", base + "proofs/*", Routes.Style.OLLAMA, this::bundle);
    }

    private <R> R ask(Exchange exchange, Function<ProofChain, R> question) {
        recorder.settle(RECORDING);
        return answers.call(
                exchange,
                "",
                router -> question.apply(extensions
                        .first(ProofChain.class)
                        .orElseThrow(() -> new ApiFailure(404, "no plugin that keeps a proof chain is loaded"))));
    }

    private static void send(Exchange exchange, JsonOutput out) {
        exchange.send(200, Exchange.JSON, out.array(), out.length());
    }

    private void head(Exchange exchange) {
        ChainHead head = ask(exchange, ProofChain::head);
        JsonOutput out = new JsonOutput();
        out.startObject();
        write(out, head);
        out.endObject();
        send(exchange, out);
    }

    private static void write(JsonOutput out, ChainHead head) {
        out.field("size", head.size())
                .field("root", head.root())
                .field("host_key", head.keyId())
                .field("checkpoint", head.checkpoint());
    }

    private void consistency(Exchange exchange) {
        long since =
                since(exchange).orElseThrow(() -> new ApiFailure(400, "since must say how many records the log had"));
        ConsistencyProof proof = ask(exchange, chain -> chain.consistency(since));
        JsonOutput out = new JsonOutput();
        out.startObject().field("earlier", proof.earlier()).startArray("path");
        proof.path().forEach(out::value);
        out.endArray();
        write(out, proof.head());
        out.endObject();
        send(exchange, out);
    }

    private static OptionalLong since(Exchange exchange) {
        Optional<String> since = exchange.query("since");
        if (since.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!NUMBER.matcher(since.get()).matches()) {
            throw new ApiFailure(400, "since must be a number of records");
        }
        return OptionalLong.of(Long.parseLong(since.get()));
    }

    private void bundle(Exchange exchange) {
        Matcher path = RECORD.matcher(exchange.path());
        if (!path.matches()) {
            throw new ApiFailure(404, "no such record in the proof chain");
        }
        OptionalLong since = since(exchange);
        byte[] json = ask(exchange, chain -> chain.bundle(path.group(1), since))
                .orElseThrow(() -> new ApiFailure(
                        404, "the proof chain has no record of job or request '%s'".formatted(path.group(1))))
                .getBytes(StandardCharsets.UTF_8);
        exchange.send(200, Exchange.JSON, json, json.length);
    }

    private void records(Exchange exchange) {
        ProofRegistry registry =
                info.proofs().orElseThrow(() -> new ApiFailure(404, "this host keeps no registry of proofs"));
        RecordQuery query = new RecordQuery(
                exchange.query("id"), time(exchange, "since"), time(exchange, "before"), limit(exchange));
        List<ChainRecord> records = ask(exchange, chain -> registry.find(chain, query));
        JsonOutput out = new JsonOutput();
        out.startObject().startArray("records");
        records.forEach(record -> write(out, record));
        out.endArray().endObject();
        send(exchange, out);
    }

    private static Optional<Instant> time(Exchange exchange, String name) {
        try {
            return exchange.query(name).map(Instant::parse);
        } catch (DateTimeException e) {
            throw new ApiFailure(400, name + " must be a time such as 2026-11-25T10:00:00Z");
        }
    }

    private static int limit(Exchange exchange) {
        Optional<String> limit = exchange.query("limit");
        if (limit.filter(it -> !it.matches("[0-9]{1,4}")).isPresent()) {
            throw new ApiFailure(400, "limit must be 1 to " + RecordQuery.MOST);
        }
        int most = limit.map(Integer::parseInt).orElse(RECORDS);
        if (most < 1 || most > RecordQuery.MOST) {
            throw new ApiFailure(400, "limit must be 1 to " + RecordQuery.MOST);
        }
        return most;
    }

    private static void write(JsonOutput out, ChainRecord record) {
        out.startObject().field("index", record.index()).field("request", record.requestId());
        record.jobId().ifPresent(job -> out.field("job", job));
        record.network().ifPresent(network -> out.field("network", network));
        out.field("model", record.model())
                .field("provider", record.provider())
                .field("route", record.route())
                .field("started", record.started().toString())
                .field("ended", record.ended().toString())
                .field("assurance", record.assurance().name())
                .endObject();
    }
}
