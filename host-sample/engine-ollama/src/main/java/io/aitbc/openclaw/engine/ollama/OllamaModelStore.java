package io.aitbc.openclaw.engine.ollama;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.ModelStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.Okio;
import okio.Source;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The models on Ollama's disk. Pull is read directly because Ollama4j reports no progress, copy, create and blobs because
 * it has no call for them.
 */
final class OllamaModelStore implements ModelStore {
    private static final int LINE_LIMIT = 1 << 20;
    private static final long ANSWER_LIMIT = 1L << 30;
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final MediaType BYTES = MediaType.get("application/octet-stream");

    private final OllamaHttp http;
    private final Ollama4jManagement management;
    private final Catalogue catalogue;

    OllamaModelStore(OllamaHttp http, Ollama4jManagement management, Catalogue catalogue) {
        this.http = http;
        this.management = management;
        this.catalogue = catalogue;
    }

    @Override
    public void pull(String model, boolean insecure, Consumer<Progress> progress) {
        byte[] body = insecure
                ? RequestWriter.fields(Map.of("model", model, "insecure", true))
                : RequestWriter.fields(Map.of("model", model));
        operate("/api/pull", body, progress);
    }

    @Override
    public void create(String model, String json, Consumer<Progress> progress) {
        try {
            JsonNode root = JsonMapper.shared().readTree(json);
            if (!(root instanceof ObjectNode object)) {
                throw new OpenClawException(ErrorCode.INVALID_REQUEST, "the body of create must be a JSON object");
            }
            object.put("model", model).put("stream", true).remove("name");
            operate("/api/create", JsonMapper.shared().writeValueAsBytes(object), progress);
        } catch (JacksonException e) {
            throw new OpenClawException(ErrorCode.INVALID_REQUEST, "the body of create must be a JSON object", e);
        }
    }

    /** Runs an operation that reports its steps line by line and is done with {@code success}. */
    private void operate(String path, byte[] body, Consumer<Progress> progress) {
        Call call = http.operation(path, body);
        Failures failures = http.failures();
        boolean success = false;
        try (Response response = execute(call)) {
            if (!response.isSuccessful()) {
                throw failures.ofResponse(response);
            }
            LineReader lines = new LineReader(response.body().source(), LINE_LIMIT, ANSWER_LIMIT, failures);
            while (lines.next()) {
                JsonNode line = JsonMapper.shared().readTree(lines.bytes(), lines.from(), lines.length());
                if (line.hasNonNull("error")) {
                    throw failed(line.path("error").asString(""));
                }
                Progress step = progress(line);
                success = step.status().equals("success");
                progress.accept(step);
            }
        } catch (JacksonException e) {
            throw failures.malformed("a line of progress that is not JSON");
        } catch (IOException e) {
            throw failures.withinAnswer(e);
        } finally {
            call.cancel();
            catalogue.invalidate();
        }
        if (!success) {
            throw new OpenClawException(ErrorCode.STREAM_CUT, "Ollama stopped %s before it was done".formatted(path));
        }
    }

    private Response execute(Call call) {
        try {
            return OllamaHttp.execute(call);
        } catch (IOException e) {
            throw http.failures().beforeAnswer(e);
        }
    }

    private static OpenClawException failed(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean missing = lower.contains("file does not exist") || lower.contains("not found");
        return new OpenClawException(
                missing ? ErrorCode.MODEL_NOT_FOUND : ErrorCode.PROVIDER_FAILED, Failures.oneLine(text));
    }

    private static Progress progress(JsonNode line) {
        return new Progress(
                line.path("status").asString(""),
                Optional.of(line.path("digest").asString("")).filter(digest -> !digest.isEmpty()),
                bytes(line.path("total")),
                bytes(line.path("completed")));
    }

    private static OptionalLong bytes(JsonNode node) {
        return node.isIntegralNumber() ? OptionalLong.of(node.asLong()) : OptionalLong.empty();
    }

    @Override
    public void delete(String model) {
        // Ollama4j's delete is silent about a model that does not exist; show is not.
        http.post("/api/show", RequestWriter.show(model, false));
        management.delete(model);
        catalogue.invalidate();
    }

    @Override
    public void copy(String source, String destination) {
        byte[] body = RequestWriter.fields(Map.of("source", source, "destination", destination));
        http.send("POST", "/api/copy", RequestBody.create(body, MediaType.get("application/json")), false);
        catalogue.invalidate();
    }

    @Override
    public boolean hasBlob(String digest) {
        return http.send("HEAD", blob(digest), null, false) == 200;
    }

    @Override
    public boolean putBlob(String digest, InputStream body) {
        if (hasBlob(digest)) {
            return false;
        }
        return http.send("POST", blob(digest), new Upload(body), true) == 201;
    }

    private static String blob(String digest) {
        if (!DIGEST.matcher(digest).matches()) {
            throw OpenClawException.upstream(ErrorCode.INVALID_REQUEST, 400, "invalid digest format");
        }
        return "/api/blobs/" + digest;
    }

    /** Bytes that can be read once, of unknown length. */
    private static final class Upload extends RequestBody {
        private final InputStream bytes;

        private Upload(InputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public MediaType contentType() {
            return BYTES;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            try (Source source = Okio.source(bytes)) {
                sink.writeAll(source);
            }
        }
    }
}
