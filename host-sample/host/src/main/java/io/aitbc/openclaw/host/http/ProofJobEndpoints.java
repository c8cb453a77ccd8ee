package io.aitbc.openclaw.host.http;

import io.aitbc.openclaw.api.Durations;
import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.proof.ProofGenerator;
import io.aitbc.openclaw.api.proof.ProofInput;
import io.aitbc.openclaw.api.proof.ProofJob;
import io.aitbc.openclaw.api.proof.ProofRequest;
import io.aitbc.openclaw.api.proof.ProvableCircuit;
import io.aitbc.openclaw.host.http.answer.Answers;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.json.JsonFailure;
import io.aitbc.openclaw.host.http.json.JsonInput;
import io.aitbc.openclaw.host.http.wire.Exchange;
import io.aitbc.openclaw.host.http.wire.Routes;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Proofs that are made on request. What they are made from is secret and never comes back. */
final class ProofJobEndpoints {
    private static final Pattern JOB = Pattern.compile(".*/proofs/jobs/([A-Za-z0-9-]{1,100})");

    private final Extensions extensions;
    private final Answers answers;
    private final ProofJobs jobs = new ProofJobs();

    ProofJobEndpoints(Extensions extensions, Answers answers) {
        this.extensions = extensions;
        this.answers = answers;
    }

    void addTo(Routes routes, String base) {
        routes.add("GET", base + "proofs/circuits", Routes.Style.OLLAMA, this::circuits);
        routes.add("POST", base + "proofs/jobs", Routes.Style.OLLAMA, this::submit);
        routes.add("GET", base + "proofs/jobs/*", Routes.Style.OLLAMA, exchange -> send(exchange, known(exchange)));
        routes.add("DELETE", base + "proofs/jobs/*", Routes.Style.OLLAMA, this::cancel);
    }

    private List<ProofGenerator> generators() {
        List<ProofGenerator> generators = extensions.all(ProofGenerator.class);
        if (generators.isEmpty()) {
            throw new ApiFailure(404, "no plugin that makes proofs is loaded");
        }
        return generators;
    }

    private void circuits(Exchange exchange) {
        List<ProofGenerator> generators = generators();
        List<ProvableCircuit> circuits = answers.call(
                exchange,
                "",
                router -> generators.stream()
                        .flatMap(generator -> generator.circuits().stream())
                        .toList());
        exchange.send(200, Exchange.JSON, ProofDocuments.circuits(circuits));
    }

    private static final class Body {
        String circuit = "";
        Optional<ProofInput> input = Optional.empty();
        Optional<Duration> timeLimit = Optional.empty();

        void field(String name, JsonInput in) {
            switch (name) {
                case "circuit" -> circuit = in.string(circuit);
                case "inputs" -> input = Optional.of(ProofDocuments.inputs(in.raw()));
                case "answer" -> input = Optional.of(ProofDocuments.answer(in.raw()));
                case "witness" -> input = Optional.of(witness(in.string("")));
                case "time_limit" -> timeLimit = Optional.of(Durations.parse(in.string("")));
                default ->
                    throw new IllegalArgumentException(
                            "known members are circuit, inputs, witness, answer and time_limit");
            }
        }
    }

    private static ProofInput witness(String base64) {
        try {
            return new ProofInput.Witness(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new ApiFailure(400, "witness is not a file in Base64"); // the cause quotes it
        }
    }

    private void submit(Exchange exchange) {
        ProofRequest request = request(exchange.body());
        ProofJob job = answers.call(
                exchange, "", router -> responsible(request.circuit()).submit(request));
        jobs.add(job);
        send(exchange, job);
    }

    private ProofGenerator responsible(String circuit) {
        List<ProofGenerator> generators = generators();
        return generators.stream()
                .filter(generator -> generator.circuits().stream()
                        .anyMatch(known -> known.name().equals(circuit)))
                .findFirst()
                .orElse(generators.getFirst());
    }

    /** Texts of failures here have no value of what was sent. */
    private static ProofRequest request(byte[] json) {
        Body body = new Body();
        try {
            JsonInput.read(json, json.length, "ProofRequest", body::field);
        } catch (JsonInput.Missing e) {
            throw new ApiFailure(400, "missing request body");
        } catch (JsonFailure e) {
            throw new ApiFailure(400, "the request is not JSON as it should be");
        } catch (DateTimeException e) {
            throw new ApiFailure(400, "time_limit must be a duration such as 30s");
        } catch (IllegalArgumentException e) {
            throw new ApiFailure(400, String.valueOf(e.getMessage()));
        }
        try {
            return new ProofRequest(
                    body.circuit,
                    body.input.orElseThrow(() -> new ApiFailure(400, "inputs, witness or answer is required")),
                    body.timeLimit);
        } catch (IllegalArgumentException e) {
            throw new ApiFailure(400, String.valueOf(e.getMessage()));
        }
    }

    private void cancel(Exchange exchange) {
        ProofJob job = known(exchange);
        boolean _ = answers.call(exchange, "", router -> {
            job.cancel();
            return true;
        });
        send(exchange, job);
    }

    private ProofJob known(Exchange exchange) {
        Matcher path = JOB.matcher(exchange.path());
        return Optional.of(path)
                .filter(Matcher::matches)
                .flatMap(matched -> jobs.find(matched.group(1)))
                .orElseThrow(() ->
                        new ApiFailure(404, "no such proof; the host keeps the last %d".formatted(ProofJobs.KEPT)));
    }

    private static void send(Exchange exchange, ProofJob job) {
        exchange.send(200, Exchange.JSON, ProofDocuments.job(job));
    }
}
