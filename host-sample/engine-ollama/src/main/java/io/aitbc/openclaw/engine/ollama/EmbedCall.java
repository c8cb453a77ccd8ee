package io.aitbc.openclaw.engine.ollama;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.Embeddings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** One embed call: its answer is a single document of many numbers, read as a stream. */
final class EmbedCall {
    private static final long ANSWER_LIMIT = 512L << 20;

    private final String model;
    private final int texts;
    private final List<float[]> vectors = new ArrayList<>();
    private int promptTokens;
    private long totalNanos;
    private long loadNanos;

    private EmbedCall(String model, int texts) {
        this.model = model;
        this.texts = texts;
    }

    /** @param texts how many there are to embed; an answer with another number of vectors is refused */
    static Embeddings run(Call call, String model, int texts, int requestBytes, Failures failures, Watchdog watchdog) {
        AtomicReference<@Nullable OpenClawException> ended = new AtomicReference<>();
        Watchdog.Watch watch = new Watchdog.Watch(model, requestBytes, reason -> {
            ended.set(reason);
            call.cancel();
        });
        watch.waitForFirst();
        watchdog.watch(watch);
        boolean answered = false;
        try (Response response = OllamaHttp.execute(call)) {
            answered = true;
            if (!response.isSuccessful()) {
                throw failures.ofResponse(response);
            }
            watch.arrived();
            watch.waitForNext();
            byte[] body = Limits.readAll(response.body().source(), ANSWER_LIMIT, failures);
            return new EmbedCall(model, texts).parse(body);
        } catch (JacksonException | IllegalArgumentException e) {
            throw failures.malformed("embeddings that cannot be read: " + e.getMessage());
        } catch (IOException e) {
            OpenClawException reason = ended.get();
            if (reason != null) {
                throw reason;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new OpenClawException(ErrorCode.CANCELED, "Embedding with " + model + " was canceled", e);
            }
            throw answered ? failures.withinAnswer(e) : failures.beforeAnswer(e);
        } finally {
            watchdog.forget(watch);
        }
    }

    private Embeddings parse(byte[] body) {
        try (JsonParser json = JsonMapper.shared().createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not an object");
            }
            boolean found = false;
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                json.nextToken();
                switch (name) {
                    case "model" -> {
                        ModelNames.requireSame(model, json.getValueAsString(""));
                        json.skipChildren();
                    }
                    case "embeddings" -> {
                        found = true;
                        vectors(json);
                    }
                    case "prompt_eval_count" -> promptTokens = json.getIntValue();
                    case "total_duration" -> totalNanos = json.getLongValue();
                    case "load_duration" -> loadNanos = json.getLongValue();
                    default -> json.skipChildren();
                }
            }
            if (!found) {
                throw new IllegalArgumentException("no vectors");
            }
        }
        check();
        return new Embeddings(vectors, promptTokens, Duration.ofNanos(totalNanos), Duration.ofNanos(loadNanos));
    }

    private void check() {
        if (vectors.size() != texts) {
            throw new IllegalArgumentException("%d vectors for %d texts".formatted(vectors.size(), texts));
        }
        for (float[] vector : vectors) {
            if (vector.length == 0 || vector.length != vectors.getFirst().length) {
                throw new IllegalArgumentException("vectors of different lengths, or of none");
            }
        }
    }

    private void vectors(JsonParser json) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new IllegalArgumentException("no list of vectors");
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                throw new IllegalArgumentException("something else than a vector");
            }
            float[] vector = new float[1024];
            int length = 0;
            while (json.nextToken().isNumeric()) {
                if (length == vector.length) {
                    vector = Arrays.copyOf(vector, 2 * length);
                }
                float number = json.getFloatValue();
                if (!Float.isFinite(number)) {
                    throw new IllegalArgumentException("a number that is too large");
                }
                vector[length++] = number;
            }
            if (json.currentToken() != JsonToken.END_ARRAY) {
                throw new IllegalArgumentException("a vector of something else than numbers");
            }
            vectors.add(Arrays.copyOf(vector, length));
        }
    }
}
