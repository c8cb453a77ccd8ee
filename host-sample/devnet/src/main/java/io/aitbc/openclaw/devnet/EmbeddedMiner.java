package io.aitbc.openclaw.devnet;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.RequestContext;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A miner with the habits of the production one: it reads only type, model and prompt, takes another model when it lacks
 * the wanted one, reports failures as results, and does one job after the other.
 */
final class EmbeddedMiner {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedMiner.class);
    private static final String DEFAULT_MODEL = "llama3.2:latest";
    private static final String SUBSTITUTE = "substitute-tiny:latest";

    private static final Duration FOR_EVER = Duration.ofDays(1000);

    /**
     * What a miner says of itself on the marketplace.
     *
     * @param suffix of its offers' ids
     * @param endpoint it is open to the world at
     */
    record Offering(String walletAddress, String suffix, Optional<URI> endpoint) {}

    private final MinerClient client;
    private final LocalEngine engine;
    private final MinerOptions self;
    private final DevnetOptions options;
    private final QuirkBoard quirks;
    private final Offering offering;
    private final ReentrantLock registering = new ReentrantLock();
    private volatile List<String> models = List.of();
    private volatile boolean stopped;
    private volatile long nextHeartbeat;

    EmbeddedMiner(
            MinerClient client,
            LocalEngine engine,
            MinerOptions self,
            DevnetOptions options,
            QuirkBoard quirks,
            Offering offering) {
        this.client = client;
        this.engine = engine;
        this.self = self;
        this.options = options;
        this.quirks = quirks;
        this.offering = offering;
    }

    /** Takes no more jobs, and does not register again. */
    void stop() {
        registering.lock();
        try {
            stopped = true;
        } finally {
            registering.unlock();
        }
    }

    /** Works until the devnet closes; {@link #start()} goes before. After a job the next one is asked for at once. */
    void run() {
        try {
            boolean busy = false;
            while (!stopped && (busy ? !quirks.closed() : quirks.pause(options.pollInterval()))) {
                busy = !stopped && !quirks.on(Quirk.JOB_NEVER_READY) && turn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Registers and publishes an offer for each model. */
    void start() {
        registering.lock();
        try {
            if (!stopped) {
                models = completionModels();
                client.register(registration());
                models.forEach(model -> client.publish(offer(model)));
                nextHeartbeat = System.nanoTime();
            }
        } finally {
            registering.unlock();
        }
    }

    /** @return whether there was something to do */
    private boolean turn() throws InterruptedException {
        try {
            if (System.nanoTime() - nextHeartbeat >= 0) {
                heartbeat();
            }
            Optional<ObjectNode> canceled = client.pollCanceled();
            if (canceled.isPresent()) {
                work(canceled.get());
            }
            Optional<ObjectNode> job = client.poll();
            if (job.isPresent()) {
                work(job.get());
            }
            return job.isPresent();
        } catch (RuntimeException e) {
            LOG.warn("devnet miner failed miner={}", self.id(), e);
            return false;
        }
    }

    private void heartbeat() {
        boolean known = client.heartbeat();
        if (!known || !models.equals(completionModels())) {
            start();
        }
        nextHeartbeat = System.nanoTime() + options.heartbeatInterval().toNanos();
    }

    private List<String> completionModels() {
        return engine.catalogue().stream()
                .filter(model -> model.can(Capability.COMPLETION))
                .map(ModelDescriptor::name)
                .filter(name -> self.models().isEmpty() || self.models().contains(name))
                .toList();
    }

    private ObjectNode registration() {
        ObjectNode capabilities = Json.object();
        capabilities.putArray("gpus");
        capabilities.putNull("cuda");
        ArrayNode names = capabilities.putArray("models");
        models.forEach(names::add);
        capabilities.put("price", self.price().doubleValue());
        self.reputation().ifPresent(claimed -> capabilities.put("reputation_score", claimed));
        capabilities.put("region", "localhost").put("platform", "CPU");
        capabilities.putArray("supported_tasks").add("inference");
        capabilities.put("max_concurrent_jobs", 1);
        ObjectNode body = Json.object();
        body.set("capabilities", capabilities);
        return body.put("concurrency", 1).put("region", self.region().orElse(null));
    }

    private ObjectNode offer(String model) {
        String pluginId = "ollama-" + model.replace(':', '-').replace('/', '-') + offering.suffix();
        return new SoftwareOffer(
                        pluginId,
                        model,
                        self.offerPrice(),
                        self.id(),
                        Optional.of(offering.walletAddress()),
                        offering.endpoint())
                .json();
    }

    private void work(ObjectNode job) throws InterruptedException {
        String jobId = job.path("job_id").stringValue();
        if (quirks.hold(Quirk.MINER_HANGS, FOR_EVER)) {
            LOG.info("devnet miner hung job={}", jobId);
        }
        if (quirks.take(Quirk.MINER_CRASHES_MIDWAY)) {
            crash(job);
            return;
        }
        long start = System.nanoTime();
        ObjectNode result = compute(job);
        if (quirks.closed() || !quirks.pause(self.slowness())) {
            return;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        boolean failed = result.path("status").stringValue().equals("failed");
        LOG.debug("devnet miner finished job={} failed={} millis={}", jobId, failed, took.toMillis());
        if (failed && quirks.on(Quirk.IDEAL)) {
            client.fail(jobId, result.path("error").stringValue());
            return;
        }
        String reporter = quirks.take(Quirk.FOREIGN_PROVIDER) ? self.id() + "-other" : self.id();
        client.result(reporter, jobId, result, metrics(took));
        if (quirks.take(Quirk.DUPLICATE_RESULT)) {
            ObjectNode second = result.deepCopy();
            second.put("output", "SECOND " + result.path("output").asString(""));
            client.result(reporter, jobId, second, metrics(took));
        }
    }

    private static ObjectNode metrics(Duration took) {
        return Json.object()
                .putNull("gpu_utilization")
                .putNull("memory_used")
                .putNull("memory_peak")
                .put("duration_ms", took.toMillis());
    }

    /** Starts to compute, dies at the first text and comes back without a memory of the job. */
    private void crash(ObjectNode job) {
        LOG.info("devnet miner crashes job={}", job.path("job_id").stringValue());
        try {
            String model = installed(wanted(job.path("payload")));
            EngineRun.run(() -> engine.generate(request(job, model)), options.jobTimeout(), quirks::closed, text -> {
                throw new Crash();
            });
        } catch (OpenClawException | Crash e) {
            LOG.debug("devnet miner died while computing");
        }
        start();
    }

    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private ObjectNode compute(ObjectNode job) {
        JsonNode payload = job.path("payload");
        Optional<String> type = Json.text(payload, "type");
        boolean bare = type.isEmpty() && payload.has("model") && payload.has("prompt");
        if (quirks.take(Quirk.FAILED_AS_COMPLETED)) {
            return failure("model runner has unexpectedly stopped");
        }
        if (!bare && type.filter("inference"::equals).isEmpty()) {
            return failure("Unsupported job type: " + type.orElse("None"));
        }
        String wanted = wanted(payload);
        if (models.isEmpty() || (quirks.on(Quirk.IDEAL) && !models.contains(wanted))) {
            return failure("model '" + wanted + "' not found");
        }
        return infer(job, wanted);
    }

    private ObjectNode infer(ObjectNode job, String wanted) {
        String used = installed(wanted);
        String told = used;
        if (quirks.take(Quirk.MODEL_SUBSTITUTED)) {
            used = models.stream()
                    .filter(model -> !model.equals(wanted))
                    .findFirst()
                    .orElse(used);
            told = used.equals(wanted) ? SUBSTITUTE : used;
        }
        BooleanSupplier abandoned = () -> quirks.closed() || idealAndUnwanted(job);
        try {
            GenerateRequest request = request(job, used);
            EngineRun.Answer answer =
                    EngineRun.run(() -> engine.generate(request), options.jobTimeout(), abandoned, text -> {});
            return Json.object()
                    .put("status", "completed")
                    .put("output", answer.text())
                    .put("execution_time", answer.took().toNanos() / 1e9)
                    .put("gpu_used", false)
                    .put("model", told)
                    .put("tokens_processed", answer.tokens());
        } catch (OpenClawException e) {
            return failure(Optional.ofNullable(e.getMessage()).orElse("inference failed"));
        }
    }

    private boolean idealAndUnwanted(ObjectNode job) {
        return quirks.on(Quirk.IDEAL)
                && !quirks.on(Quirk.LATE_RESULT_AFTER_CANCEL)
                && !client.wanted(job.path("job_id").stringValue());
    }

    private static String wanted(JsonNode payload) {
        return Json.text(payload, "model").orElse(DEFAULT_MODEL);
    }

    /** The wanted model, or silently the first there is. */
    private String installed(String wanted) {
        return models.contains(wanted) || models.isEmpty() ? wanted : models.getFirst();
    }

    /** Options, system prompt, context and images of the payload are not even looked at. */
    private static GenerateRequest request(ObjectNode job, String model) {
        String prompt = Json.text(job.path("payload"), "prompt").orElse("");
        RequestContext context =
                RequestContext.of("devnet-job-" + job.path("job_id").stringValue());
        return GenerateRequest.of(model, prompt, InferenceSettings.defaults(), context);
    }

    private static ObjectNode failure(String message) {
        return Json.object().put("status", "failed").put("error", message);
    }
}
