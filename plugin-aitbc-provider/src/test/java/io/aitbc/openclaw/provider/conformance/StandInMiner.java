package io.aitbc.openclaw.provider.conformance;

import io.aitbc.openclaw.provider.coordinator.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A miner with one model nobody else has, so that the suite needs no miner of the network. */
final class StandInMiner implements AutoCloseable {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final Duration CADENCE = Duration.ofMillis(1500);

    private final String id = "conformance-" + UUID.randomUUID().toString().substring(0, 8);
    private final String model = id + ":latest";
    private final String coordinator;
    private final String key;
    private final OkHttpClient client = new OkHttpClient();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    StandInMiner(String coordinator, String key) {
        this.coordinator = coordinator.replaceAll("/+$", "").replaceAll("/v1$", "");
        this.key = key;
        ObjectNode registration = Json.MAPPER.createObjectNode().put("concurrency", 1);
        ObjectNode capabilities = registration.putObject("capabilities").put("price", 0.001);
        capabilities.putArray("models").add(model);
        capabilities.putArray("gpus").addObject().put("name", "none").put("memory_mb", 0);
        post("/v1/miners/register", registration);
        thread = Thread.ofVirtual().name("stand-in-miner").start(this::work);
    }

    String model() {
        return model;
    }

    private void work() {
        try {
            while (!closed.await(CADENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                JsonNode job =
                        post("/v1/miners/poll", Json.MAPPER.createObjectNode().put("max_wait_seconds", 1));
                if (job.has("job_id")) {
                    answer(job.path("job_id").stringValue());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(String jobId) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.putObject("result")
                .put("status", "completed")
                .put("output", "Hi from the conformance suite")
                .put("execution_time", 0.25)
                .put("gpu_used", false)
                .put("model", model)
                .put("tokens_processed", 6);
        body.putObject("metrics").put("duration_ms", 250);
        post("/v1/miners/" + jobId + "/result", body);
    }

    private JsonNode post(String path, ObjectNode body) {
        return send(new Request.Builder()
                .url(coordinator + path)
                .post(RequestBody.create(Json.MAPPER.writeValueAsString(body), JSON)));
    }

    private JsonNode send(Request.Builder request) {
        Request whole =
                request.header("X-Api-Key", key).header("X-Miner-ID", id).build();
        try (Response response = client.newCall(whole).execute()) {
            if (!response.isSuccessful()) {
                throw new AssertionError("%s as a miner answered %d".formatted(whole.url(), response.code()));
            }
            return Json.read(response.body().string()).orElse(Json.MAPPER.createObjectNode());
        } catch (IOException e) {
            throw new AssertionError("The coordinator cannot be reached as a miner", e);
        }
    }

    /** Leaves the network: a miner that is merely gone would hold back the jobs of others for ever. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        send(new Request.Builder().url(coordinator + "/v1/miners/" + id).delete());
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }
}
