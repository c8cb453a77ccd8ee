package io.aitbc.openclaw.devnet;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Jobs as their client sees them. */
final class JobRoutes {
    private static final BigInteger MOST_ROWS = BigInteger.valueOf(Integer.MAX_VALUE);

    private final Jobs jobs;
    private final Results results;

    JobRoutes(Jobs jobs, Results results) {
        this.jobs = jobs;
        this.results = results;
    }

    void addTo(Routes routes) {
        routes.on("POST /v1/jobs", this::submit);
        routes.on("GET /v1/jobs", this::list);
        // The real route is hidden behind /v1/jobs/{job_id}, with "history" as the id.
        routes.on("GET /v1/jobs/history", call -> ApiResponse.detail(404, "job not found"));
        routes.on("GET /v1/jobs/{job_id}", call -> ApiResponse.ok(view(job(call))));
        routes.on("GET /v1/jobs/{job_id}/result", this::result);
        routes.on("GET /v1/jobs/{job_id}/receipt", this::receipt);
        routes.on("GET /v1/jobs/{job_id}/receipts", this::receipts);
        routes.on("POST /v1/jobs/{job_id}/cancel", this::cancel);
        routes.on("GET /v1/explorer/receipts", this::explorer);
        routes.on("POST /v1/services/llm/inference", call -> orphan(call, false));
        routes.on("POST /v1/services/llm/stream", call -> orphan(call, true));
    }

    private ApiResponse submit(Routes.Call call) {
        return ApiResponse.json(
                201, jobs.submit(call.client(), call.request().json()).view());
    }

    private Optional<Job> find(Routes.Call call) {
        return jobs.find(call.variable("job_id")).filter(job -> job.client.equals(call.client()));
    }

    private Job job(Routes.Call call) {
        Job job = find(call).orElseThrow(() -> ApiFailure.detail(404, "job not found"));
        jobs.expire(job);
        return job;
    }

    private ObjectNode view(Job job) {
        ObjectNode view = job.view();
        job.result.ifPresent(result -> view.set("result", results.shown(result)));
        return view;
    }

    private ApiResponse list(Routes.Call call) {
        int limit = number(call, "limit", 20);
        int offset = number(call, "offset", 0);
        Optional<String> status = call.request().query("status").filter(JobRoutes::isState);
        Optional<String> type = call.request().query("job_type");
        Stream<Job> mine = jobs.of(call.client()).stream()
                .filter(job -> status.map(job.state().name()::equals).orElse(true))
                .filter(job -> type.map(wanted -> Json.text(job.payload, "type")
                                .filter(wanted::equals)
                                .isPresent())
                        .orElse(true));
        List<Job> page = mine.skip(offset).limit(limit).toList();
        ObjectNode body = Json.object();
        ArrayNode items = body.putArray("items");
        page.forEach(job -> items.add(view(job)));
        return ApiResponse.ok(body.put("total", page.size()).put("limit", limit).put("offset", offset));
    }

    /** An unknown status is no filter. */
    private static boolean isState(String text) {
        return Stream.of(JobState.values()).anyMatch(state -> state.name().equals(text));
    }

    private static int number(Routes.Call call, String name, int fallback) {
        return call.request()
                .query(name)
                .map(text -> Validation.integer(text, "query." + name))
                .map(value -> value.max(BigInteger.ZERO).min(MOST_ROWS).intValue())
                .orElse(fallback);
    }

    private ApiResponse result(Routes.Call call) {
        Job job = job(call);
        ObjectNode result = job.result.orElseThrow(() -> ApiFailure.detail(425, "job not ready"));
        ObjectNode body = Json.object();
        body.set("result", results.shown(result));
        body.set(
                "receipt",
                results.shownReceipt(job).<JsonNode>map(receipt -> receipt).orElse(body.nullNode()));
        return ApiResponse.ok(body);
    }

    private ApiResponse receipt(Routes.Call call) {
        return ApiResponse.ok(
                results.shownReceipt(job(call)).orElseThrow(() -> ApiFailure.detail(404, "receipt not available")));
    }

    /** The real handler forgets to look whether there is such a job. */
    private ApiResponse receipts(Routes.Call call) {
        Job job = find(call)
                .orElseThrow(() ->
                        new ApiFailure(ApiResponse.internalError(call.request().path())));
        ObjectNode body = Json.object();
        ArrayNode items = body.putArray("items");
        job.receipts.forEach(items::add);
        return ApiResponse.ok(body);
    }

    private ApiResponse cancel(Routes.Call call) {
        Job job = job(call);
        return jobs.cancel(job) ? ApiResponse.ok(view(job)) : ApiResponse.detail(409, "job not cancelable");
    }

    /** Public, with every prompt and every result. */
    private ApiResponse explorer(Routes.Call call) {
        Optional<String> wanted = call.request().query("job_id");
        ObjectNode body = Json.object().put("jobId", wanted.orElse("all"));
        ArrayNode items = body.putArray("items");
        SequencedCollection<Job> searched = wanted.isPresent()
                ? jobs.find(wanted.get()).map(List::of).orElse(List.of())
                : jobs.all().reversed();
        searched.stream()
                .flatMap(job -> job.receipts.reversed().stream())
                .skip(number(call, "offset", 0))
                .limit(number(call, "limit", 50))
                .forEach(receipt -> items.add(explored(receipt)));
        return ApiResponse.ok(body);
    }

    private ObjectNode explored(ObjectNode receipt) {
        ObjectNode item = Json.object();
        item.set("receiptId", receipt.path("receipt_id"));
        item.set("jobId", receipt.path("job_id"));
        item.set("miner", receipt.path("provider"));
        item.set("coordinator", receipt.path("client"));
        item.put(
                "issuedAt",
                TimeText.zulu(java.time.Instant.ofEpochSecond(
                        receipt.path("completed_at").longValue())));
        item.set("status", receipt.path("status"));
        item.set("payload", receipt);
        return item;
    }

    /** The real handlers create a job and then crash. */
    private ApiResponse orphan(Routes.Call call, boolean stream) {
        ObjectNode body = call.request().json();
        String model = Validation.requiredText(body, "model");
        String prompt = Validation.requiredText(body, "prompt");
        ObjectNode request = Json.object()
                .put("model", model)
                .put("prompt", prompt)
                .put("max_tokens", 256)
                .put("temperature", 0.7)
                .put("top_p", 0.9)
                .put("top_k", 40)
                .put("repetition_penalty", 1.1)
                .putNull("stop_sequences")
                .put("stream", stream);
        ObjectNode payload = Json.object().put("service_type", "llm_inference");
        payload.set("service_request", request);
        ObjectNode job = Json.object().put("ttl_seconds", 300);
        job.set("payload", payload);
        jobs.submit(call.client(), job);
        return ApiResponse.internalError(call.request().path());
    }
}
