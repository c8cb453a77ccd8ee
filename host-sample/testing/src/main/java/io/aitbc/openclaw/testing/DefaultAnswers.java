package io.aitbc.openclaw.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a scripted server answers where no script was given: a small, well behaved Ollama. */
final class DefaultAnswers {
    private static final String[] PIECES = {"Hello", "!", " How", " can", " I", " help", "?"};
    private static final String[] JSON_PIECES = {"{", "\"ok\"", ":", " true", "}"};

    private final ScriptedModels models;
    private final Set<String> blobs = ConcurrentHashMap.newKeySet();

    DefaultAnswers(ScriptedModels models) {
        this.models = models;
    }

    ScriptedAnswer answer(RecordedRequest request) {
        if (request.path().startsWith("/api/blobs/")) {
            return blob(request);
        }
        return switch (request.path()) {
            case "/" -> ScriptedAnswer.whole(200, "text/plain; charset=utf-8", "Ollama is running");
            case "/api/version" -> ScriptedAnswer.json(200, "{\"version\":\"0.33.3\"}");
            case "/api/tags" -> ScriptedAnswer.json(200, models.tags());
            case "/api/ps" -> ScriptedAnswer.json(200, models.ps());
            case "/api/show" -> known(request, model -> ScriptedAnswer.json(200, models.show(model)));
            case "/api/chat" -> known(request, model -> chat(request));
            case "/api/generate" -> known(request, model -> generate(request, model));
            case "/api/embed" -> known(request, model -> embed(request, model));
            case "/api/delete" -> known(request, model -> delete(model));
            case "/api/copy" -> copy(request);
            case "/api/pull" -> pull(request);
            case "/api/create" -> create(request);
            default -> ScriptedAnswer.whole(404, "text/plain", "404 page not found");
        };
    }

    private interface WithModel {
        ScriptedAnswer answer(ScriptedModel model);
    }

    private ScriptedAnswer known(RecordedRequest request, WithModel then) {
        return models.find(request.model()).map(then::answer).orElseGet(() -> notFound(request.model(), "'"));
    }

    private static ScriptedAnswer notFound(String model, String quote) {
        return ScriptedAnswer.json(404, OllamaLines.error("model " + quote + model + quote + " not found"));
    }

    /** Always the same text, JSON when a format is asked for, cut to the number of tokens asked for. */
    private static String[] pieces(RecordedRequest request) {
        String[] all = request.json().has("format") ? JSON_PIECES : PIECES;
        int most = request.json().path("options").path("num_predict").asInt(-1);
        return most < 0 ? all : Arrays.copyOf(all, Math.min(all.length, most));
    }

    private static ScriptedAnswer chat(RecordedRequest request) {
        String[] pieces = pieces(request);
        return request.stream()
                ? ScriptedAnswer.stream(OllamaLines.chat(request.model(), pieces))
                : ScriptedAnswer.json(
                        200, OllamaLines.chatWhole(request.model(), String.join("", pieces), pieces.length));
    }

    private ScriptedAnswer generate(RecordedRequest request, ScriptedModel model) {
        if (request.json().path("prompt").asString("").isEmpty()) {
            boolean unload = request.json().path("keep_alive").asString("5m").matches("0[a-z]*");
            if (unload) {
                models.absent(model.name());
            } else {
                models.resident(model.name());
            }
            return ScriptedAnswer.json(200, OllamaLines.loaded(request.model(), unload ? "unload" : "load"));
        }
        String[] pieces = pieces(request);
        return request.stream()
                ? ScriptedAnswer.stream(OllamaLines.generate(request.model(), pieces))
                : ScriptedAnswer.json(
                        200, OllamaLines.generateWhole(request.model(), String.join("", pieces), pieces.length));
    }

    private ScriptedAnswer embed(RecordedRequest request, ScriptedModel model) {
        if (!model.capabilities().contains("embedding")) {
            return ScriptedAnswer.json(
                    501, OllamaLines.error("This server does not support embeddings. Start it with `--embeddings`"));
        }
        JsonNode input = request.json().path("input");
        ObjectNode answer = JsonMapper.shared().createObjectNode().put("model", request.model());
        ArrayNode vectors = answer.putArray("embeddings");
        if (input.isArray()) {
            input.forEach(text -> vector(vectors.addArray(), text.asString("")));
        } else {
            vector(vectors.addArray(), input.asString(""));
        }
        models.resident(model.name());
        answer.put("total_duration", 26578025L).put("load_duration", 1652663L);
        return ScriptedAnswer.json(
                200, answer.put("prompt_eval_count", 4 * vectors.size()).toString());
    }

    /** Length 1, and of the same direction for the same text only. */
    private static void vector(ArrayNode target, String text) {
        double angle = text.hashCode();
        target.add(Math.cos(angle)).add(Math.sin(angle)).add(0);
    }

    private ScriptedAnswer delete(ScriptedModel model) {
        models.remove(model.name());
        return ScriptedAnswer.whole(200, "", "");
    }

    private ScriptedAnswer copy(RecordedRequest request) {
        String source = request.json().path("source").asString("");
        return models.find(source)
                .map(model -> {
                    String target = request.json().path("destination").asString("");
                    models.add(model.withName(target.contains(":") ? target : target + ":latest"));
                    return ScriptedAnswer.whole(200, "", "");
                })
                .orElseGet(() -> notFound(source, "\""));
    }

    private ScriptedAnswer pull(RecordedRequest request) {
        String digest = "sha256:" + "ab".repeat(32);
        List<String> lines = new ArrayList<>();
        lines.add("{\"status\":\"pulling manifest\"}");
        lines.add("{\"status\":\"pulling abababababab\",\"digest\":\"%s\",\"total\":1000}".formatted(digest));
        lines.add("{\"status\":\"pulling abababababab\",\"digest\":\"%s\",\"total\":1000,\"completed\":1000}"
                .formatted(digest));
        lines.addAll(statuses("verifying sha256 digest", "writing manifest", "success"));
        models.add(ScriptedModel.chat(request.model()));
        return ScriptedAnswer.stream(lines);
    }

    private ScriptedAnswer create(RecordedRequest request) {
        models.add(ScriptedModel.chat(request.model()));
        return ScriptedAnswer.stream(statuses("parsing GGUF", "writing manifest", "success"));
    }

    private ScriptedAnswer blob(RecordedRequest request) {
        String digest = request.path().substring("/api/blobs/".length());
        if (request.method().equals("HEAD")) {
            return ScriptedAnswer.whole(blobs.contains(digest) ? 200 : 404, "", "");
        }
        return ScriptedAnswer.whole(blobs.add(digest) ? 201 : 200, "", "");
    }

    private static List<String> statuses(String... texts) {
        List<String> lines = new ArrayList<>();
        for (String text : texts) {
            lines.add(JsonMapper.shared().createObjectNode().put("status", text).toString());
        }
        return lines;
    }
}
