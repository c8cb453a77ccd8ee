package io.aitbc.openclaw.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Answers rendered once, head and all, and sent many times. */
final class FastReplies {
    /** What an answer depends on. */
    record Key(boolean chat, String model, int tokens, boolean stream) {}

    /** A streamed answer in pieces: head and first token, one piece a token, last line and end. */
    record Pieces(List<byte[]> parts) {
        Pieces {
            parts = List.copyOf(parts);
        }
    }

    private static final String[] WORDS = {
        " once", " there", " was", " a", " small", " bird", ",", " and", " it", " sang", " all", " day", "."
    };

    private final Map<Key, byte[]> whole = new ConcurrentHashMap<>();
    private final Map<Key, Pieces> pieces = new ConcurrentHashMap<>();
    private final Map<String, byte[]> fixed = new ConcurrentHashMap<>();
    private final ScriptedModels models = new ScriptedModels();
    private final DefaultAnswers defaults = new DefaultAnswers(models);

    FastReplies(List<ScriptedModel> served) {
        for (ScriptedModel model : served) {
            models.add(model);
            models.resident(model.name());
        }
    }

    /** The whole answer in one array, stream or not. */
    byte[] whole(Key key) {
        return whole.computeIfAbsent(key, this::render);
    }

    Pieces pieces(Key key) {
        return pieces.computeIfAbsent(key, FastReplies::renderPieces);
    }

    /** Everything but chat and generate. */
    byte[] other(String method, String path, String body) {
        return fixed.computeIfAbsent(method + " " + path + "\n" + body, _ -> {
            ScriptedAnswer answer = defaults.answer(new RecordedRequest(method, path, Map.of(), body));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (ScriptedAnswer.Step step : answer.steps()) {
                if (step instanceof ScriptedAnswer.Step.Send send) {
                    bytes.writeBytes(send.bytes());
                }
            }
            return bytes.toByteArray();
        });
    }

    private byte[] render(Key key) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (key.stream()) {
            pieces(key).parts().forEach(bytes::writeBytes);
        } else {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < key.tokens(); i++) {
                text.append(word(i));
            }
            String body = key.chat()
                    ? OllamaLines.chatWhole(key.model(), text.toString(), key.tokens())
                    : OllamaLines.generateWhole(key.model(), text.toString(), key.tokens());
            ScriptedAnswer.json(200, body).steps().stream()
                    .map(ScriptedAnswer.Step.Send.class::cast)
                    .forEach(send -> bytes.writeBytes(send.bytes()));
        }
        return bytes.toByteArray();
    }

    private static Pieces renderPieces(Key key) {
        List<byte[]> parts = new ArrayList<>();
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";
        parts.add(head.getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < key.tokens(); i++) {
            parts.add(chunk(
                    key.chat()
                            ? OllamaLines.chatText(key.model(), word(i))
                            : OllamaLines.generateText(key.model(), word(i))));
        }
        byte[] last = chunk(
                key.chat()
                        ? OllamaLines.chatDone(key.model(), key.tokens())
                        : OllamaLines.generateDone(key.model(), key.tokens()));
        parts.add(last);
        parts.add("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return new Pieces(parts);
    }

    private static String word(int index) {
        return WORDS[index % WORDS.length];
    }

    private static byte[] chunk(String line) {
        int length = line.getBytes(StandardCharsets.UTF_8).length + 1;
        return (Integer.toHexString(length) + "\r\n" + line + "\n\r\n").getBytes(StandardCharsets.UTF_8);
    }
}
