package io.aitbc.openclaw.testing;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Lines of Ollama's answers, in its field order. */
public final class OllamaLines {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final String CREATED_AT = "2026-11-22T12:34:08.780899948Z";

    private OllamaLines() {}

    /** A piece of a chat answer. */
    public static String chatText(String model, String text) {
        ObjectNode line = head(model);
        line.putObject("message").put("role", "assistant").put("content", text);
        return line.put("done", false).toString();
    }

    /** A piece of reasoning of a chat answer. */
    public static String chatThinking(String model, String text) {
        ObjectNode line = head(model);
        line.putObject("message").put("role", "assistant").put("content", "").put("thinking", text);
        return line.put("done", false).toString();
    }

    /** The last line of a chat answer. */
    public static String chatDone(String model, int tokens) {
        return chatWhole(model, "", tokens);
    }

    /** A chat answer that is not streamed. */
    public static String chatWhole(String model, String text, int tokens) {
        ObjectNode line = head(model);
        line.putObject("message").put("role", "assistant").put("content", text);
        return metrics(line, tokens).toString();
    }

    /** The last line of a chat answer that calls a tool. */
    public static String chatToolCall(String model, String id, String tool, String argumentsJson) {
        ObjectNode line = head(model);
        ObjectNode call = line.putObject("message")
                .put("role", "assistant")
                .put("content", "")
                .putArray("tool_calls")
                .addObject()
                .put("id", id);
        call.putObject("function").put("index", 0).put("name", tool).set("arguments", MAPPER.readTree(argumentsJson));
        return metrics(line, 24).toString();
    }

    /** A piece of a completion. */
    public static String generateText(String model, String text) {
        return head(model).put("response", text).put("done", false).toString();
    }

    /** The last line of a completion, with the tokens of prompt and answer. */
    public static String generateDone(String model, int tokens) {
        return generateWhole(model, "", tokens);
    }

    /** A completion that is not streamed. */
    public static String generateWhole(String model, String text, int tokens) {
        ObjectNode line = head(model).put("response", text);
        ObjectNode done = metrics(line, tokens);
        done.putArray("context").add(2041).add(320).add(10);
        return done.toString();
    }

    /** The answer to a request that only loads, or unloads, a model. */
    public static String loaded(String model, String reason) {
        return head(model)
                .put("response", "")
                .put("done", true)
                .put("done_reason", reason)
                .toString();
    }

    public static String error(String text) {
        return MAPPER.createObjectNode().put("error", text).toString();
    }

    /** All lines of a streamed chat answer. */
    public static List<String> chat(String model, String... pieces) {
        List<String> lines = new ArrayList<>();
        for (String piece : pieces) {
            lines.add(chatText(model, piece));
        }
        lines.add(chatDone(model, pieces.length));
        return lines;
    }

    /** All lines of a streamed completion. */
    public static List<String> generate(String model, String... pieces) {
        List<String> lines = new ArrayList<>();
        for (String piece : pieces) {
            lines.add(generateText(model, piece));
        }
        lines.add(generateDone(model, pieces.length));
        return lines;
    }

    private static ObjectNode head(String model) {
        return MAPPER.createObjectNode().put("model", model).put("created_at", CREATED_AT);
    }

    private static ObjectNode metrics(ObjectNode line, int tokens) {
        return line.put("done", true)
                .put("done_reason", "stop")
                .put("total_duration", 9265687L)
                .put("load_duration", 597583L)
                .put("prompt_eval_count", 10)
                .put("prompt_eval_duration", 2141000L)
                .put("eval_count", tokens)
                .put("eval_duration", 4814000L);
    }
}
