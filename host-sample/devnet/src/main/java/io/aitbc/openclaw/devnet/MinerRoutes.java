package io.aitbc.openclaw.devnet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What miners call. Any of them may do most things in the name of any other. */
final class MinerRoutes {
    private static final BigInteger MOST_LISTED = BigInteger.valueOf(1_000_000);

    private final Profile profile;
    private final Identifiers identifiers;
    private final Jobs jobs;
    private final Miners miners;
    private final Results results;

    MinerRoutes(Profile profile, Identifiers identifiers, Jobs jobs, Miners miners, Results results) {
        this.profile = profile;
        this.identifiers = identifiers;
        this.jobs = jobs;
        this.miners = miners;
        this.results = results;
    }

    void addTo(Routes routes) {
        routes.on("POST /v1/miners/register", this::register);
        routes.on("POST /v1/miners/heartbeat", this::heartbeat);
        routes.on("POST /v1/miners/poll", this::poll);
        routes.on("POST /v1/miners/{job_id}/result", this::result);
        routes.on("POST /v1/miners/{job_id}/fail", this::fail);
        routes.on("POST /v1/miners/{miner_id}/jobs", this::jobs);
        routes.on("POST /v1/miners/{miner_id}/earnings", this::earnings);
        routes.on("PUT /v1/miners/{miner_id}/capabilities", this::capabilities);
        routes.on("DELETE /v1/miners/{miner_id}", this::deregister);
        routes.on("POST /v1/miners/{miner_id}/jobs/{job_id}/complete", this::complete);
        routes.on("POST /v1/miners/{miner_id}/jobs/{job_id}/fail", MinerRoutes::crash);
    }

    private ApiResponse register(Routes.Call call) {
        miners.register(call.miner(), call.request().json());
        return ApiResponse.ok(Json.object().put("status", "ok").put("session_token", identifiers.hex(16)));
    }

    private ApiResponse heartbeat(Routes.Call call) {
        ObjectNode body = call.request().json();
        miners.heartbeat(registered(call), body);
        return ok();
    }

    private Miner registered(Routes.Call call) {
        return miners.find(call.miner()).orElseThrow(() -> ApiFailure.detail(404, "miner not registered"));
    }

    /** Answers at once whatever {@code max_wait_seconds} says. */
    private ApiResponse poll(Routes.Call call) {
        call.request().json();
        Miner miner = miners.find(call.miner())
                .orElseThrow(() ->
                        new ApiFailure(ApiResponse.internalError(call.request().path())));
        return miners.poll(miner).map(job -> ApiResponse.ok(job.assignment())).orElseGet(ApiResponse::noContent);
    }

    private Job job(Routes.Call call) {
        return jobs.find(call.variable("job_id")).orElseThrow(() -> ApiFailure.detail(404, "job not found"));
    }

    private ApiResponse result(Routes.Call call) {
        ObjectNode body = call.request().json();
        Validation.requiredObject(body, "result");
        Optional<ObjectNode> receipt = results.complete(job(call), call.miner(), body);
        miners.find(call.miner()).ifPresent(miner -> {
            miner.completed++;
            miner.inflight = Math.max(0, miner.inflight - 1);
        });
        ObjectNode answer = Json.object().put("status", "ok");
        answer.set("receipt", receipt.<JsonNode>map(signed -> signed).orElse(answer.nullNode()));
        return ApiResponse.ok(answer);
    }

    /** In March the handler named a state that did not exist. */
    private ApiResponse fail(Routes.Call call) {
        ObjectNode body = call.request().json();
        if (profile == Profile.MARCH) {
            return crash(call);
        }
        results.fail(job(call), call.miner(), body);
        miners.find(call.miner()).ifPresent(miner -> {
            miner.failed++;
            miner.inflight = Math.max(0, miner.inflight - 1);
        });
        return ok();
    }

    /** The newest first. A status nobody knows is ignored, and expiry is not noticed. */
    private ApiResponse jobs(Routes.Call call) {
        String minerId = call.variable("miner_id");
        int limit = number(call, "limit", 20);
        int offset = number(call, "offset", 0);
        Optional<String> status = call.request()
                .query("job_status")
                .map(text -> text.toUpperCase(Locale.ROOT))
                .filter(text -> Arrays.stream(JobState.values())
                        .anyMatch(state -> state.name().equals(text)));
        List<Job> mine = new ArrayList<>(jobs.all().stream()
                .filter(job -> job.miner.filter(minerId::equals).isPresent())
                .filter(job -> status.map(job.state().name()::equals).orElse(true))
                .toList());
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("jobs");
        mine.reversed().stream().skip(offset).limit(limit).map(Job::view).forEach(list::add);
        return ApiResponse.ok(body.put("total", list.size())
                .put("limit", limit)
                .put("offset", offset)
                .put("miner_id", minerId));
    }

    private static int number(Routes.Call call, String name, int fallback) {
        return call.request()
                .query(name)
                .map(text -> Validation.integer(text, "query." + name))
                .map(value -> value.max(BigInteger.ZERO).min(MOST_LISTED).intValue())
                .orElse(fallback);
    }

    private ApiResponse earnings(Routes.Call call) {
        if (profile == Profile.MARCH) {
            return March.earnings();
        }
        String minerId = call.variable("miner_id");
        BigDecimal paid = BigDecimal.ZERO;
        BigDecimal pending = BigDecimal.ZERO;
        int completed = 0;
        ArrayNode history = Json.array();
        for (Job job : jobs.all()) {
            if (job.miner.filter(minerId::equals).isEmpty() || job.state() != JobState.COMPLETED) {
                continue;
            }
            completed++;
            BigDecimal amount = job.payment.map(payment -> payment.amount).orElse(BigDecimal.ZERO);
            Optional<Payment.Status> status = job.payment.map(payment -> payment.status);
            if (status.filter(Payment.Status.RELEASED::equals).isPresent()) {
                paid = paid.add(amount);
                history.add(Json.object().put("job_id", job.id).put("amount", amount.doubleValue()));
            } else if (status.filter(Payment.Status.ESCROWED::equals).isPresent()) {
                pending = pending.add(amount);
            }
        }
        ObjectNode body = Json.object()
                .put("total_earnings", paid.add(pending).doubleValue())
                .put("pending_earnings", pending.doubleValue())
                .put("paid_earnings", paid.doubleValue())
                .put("completed_jobs", completed)
                .put("currency", "AITBC");
        body.set("earnings_history", history);
        return ApiResponse.ok(body);
    }

    /** Changes the caller and names the miner of the path. */
    private ApiResponse capabilities(Routes.Call call) {
        miners.describe(registered(call), call.request().json());
        return ApiResponse.ok(
                Json.object().put("miner_id", call.variable("miner_id")).put("status", "updated"));
    }

    private ApiResponse deregister(Routes.Call call) {
        String minerId = call.variable("miner_id");
        if (!miners.remove(minerId)) {
            return ApiResponse.detail(404, "miner not registered");
        }
        return ApiResponse.ok(Json.object().put("miner_id", minerId).put("status", "deregistered"));
    }

    /** Commits whatever the miner sends, its own unsigned receipt included, and crashes. */
    private ApiResponse complete(Routes.Call call) {
        ObjectNode body = call.request().json();
        Job job = job(call);
        jobs.move(job, JobState.COMPLETED);
        job.result = Optional.of(Validation.requiredObject(body, "output"));
        Validation.optionalObject(body, "receipt").ifPresent(job.receipts::add);
        return crash(call);
    }

    private static ApiResponse crash(Routes.Call call) {
        return ApiResponse.internalError(call.request().path());
    }

    private static ApiResponse ok() {
        return ApiResponse.ok(Json.object().put("status", "ok"));
    }
}
