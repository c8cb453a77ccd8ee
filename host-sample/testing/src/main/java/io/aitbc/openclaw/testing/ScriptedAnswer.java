package io.aitbc.openclaw.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * What a {@link ScriptedOllama} does with one request, byte for byte. Immutable: each method returns a longer script.
 *
 * <pre>{@code
 * ScriptedAnswer.ndjson().line(chatText("m", "Hel")).pause(Duration.ofMillis(20)).reset()
 * }</pre>
 */
public final class ScriptedAnswer {
    /** One thing to do. */
    sealed interface Step {
        record Send(byte[] bytes) implements Step {}

        record Pause(Duration time) implements Step {}

        record Await(CountDownLatch signal) implements Step {}

        record Run(Runnable action) implements Step {}

        /** Silence until the client leaves or the server stops. */
        record Hang() implements Step {}

        record Close() implements Step {}

        record Reset() implements Step {}
    }

    private final List<Step> steps;
    private final int byteLimit;

    private ScriptedAnswer(List<Step> steps, int byteLimit) {
        this.steps = List.copyOf(steps);
        this.byteLimit = byteLimit;
    }

    /** Does nothing yet, not even a status line. */
    public static ScriptedAnswer silent() {
        return new ScriptedAnswer(List.of(), Integer.MAX_VALUE);
    }

    /** A whole answer with a Content-Length, as Ollama sends single JSON objects. */
    public static ScriptedAnswer json(int status, String body) {
        return whole(status, "application/json; charset=utf-8", body);
    }

    /** A whole answer of any kind; the type may be empty. */
    public static ScriptedAnswer whole(int status, String contentType, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String type = contentType.isEmpty() ? "" : "Content-Type: " + contentType + "\r\n";
        String head =
                "HTTP/1.1 %d %s\r\n%sContent-Length: %d\r\n\r\n".formatted(status, reason(status), type, bytes.length);
        return silent().send(head.getBytes(StandardCharsets.US_ASCII)).send(bytes);
    }

    /** The head of a stream of lines; continue with {@link #line} and finish with {@link #end}. */
    public static ScriptedAnswer ndjson() {
        return chunked("application/x-ndjson");
    }

    /** The head of a chunked answer with status 200. */
    public static ScriptedAnswer chunked(String contentType) {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\nTransfer-Encoding: chunked\r\n\r\n";
        return silent().send(head.getBytes(StandardCharsets.US_ASCII));
    }

    /** A whole stream: every line in a chunk of its own, then the end. */
    public static ScriptedAnswer stream(Collection<String> lines) {
        ScriptedAnswer answer = ndjson();
        for (String line : lines) {
            answer = answer.line(line);
        }
        return answer.end();
    }

    /** Whole lines in one chunk, flushed. */
    public ScriptedAnswer line(String line) {
        return chunk(line + "\n");
    }

    /** A chunk that need not be a whole line. */
    public ScriptedAnswer chunk(String text) {
        return chunk(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A chunk that need not be whole characters. */
    public ScriptedAnswer chunk(byte[] bytes) {
        byte[] size = (Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] framed = new byte[size.length + bytes.length + 2];
        System.arraycopy(size, 0, framed, 0, size.length);
        System.arraycopy(bytes, 0, framed, size.length, bytes.length);
        framed[framed.length - 2] = '\r';
        framed[framed.length - 1] = '\n';
        return send(framed);
    }

    /** The end of a chunked answer; the connection stays usable. */
    public ScriptedAnswer end() {
        return send("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** Raw bytes on the wire, flushed. */
    public ScriptedAnswer send(byte[] bytes) {
        return then(new Step.Send(bytes.clone()));
    }

    public ScriptedAnswer pause(Duration time) {
        return then(new Step.Pause(time));
    }

    /** Waits until the test counts the latch down, or the client leaves. */
    public ScriptedAnswer await(CountDownLatch signal) {
        return then(new Step.Await(signal));
    }

    /** Runs an action at this point, for example to change what the server reports as loaded. */
    public ScriptedAnswer run(Runnable action) {
        return then(new Step.Run(action));
    }

    /** Silence until the client leaves. */
    public ScriptedAnswer hang() {
        return then(new Step.Hang());
    }

    /** Closes the connection in good order, whatever was promised. */
    public ScriptedAnswer close() {
        return then(new Step.Close());
    }

    /** Resets the connection. */
    public ScriptedAnswer reset() {
        return then(new Step.Reset());
    }

    /** Closes the connection once this many bytes, head included, are out. */
    public ScriptedAnswer cutAfter(int bytes) {
        return new ScriptedAnswer(steps, bytes);
    }

    /** This answer after a wait before its first byte. */
    public ScriptedAnswer delayed(Duration time) {
        List<Step> longer = new ArrayList<>();
        longer.add(new Step.Pause(time));
        longer.addAll(steps);
        return new ScriptedAnswer(longer, byteLimit);
    }

    /** This script, then another. */
    public ScriptedAnswer then(ScriptedAnswer other) {
        List<Step> both = new ArrayList<>(steps);
        both.addAll(other.steps);
        return new ScriptedAnswer(both, byteLimit);
    }

    List<Step> steps() {
        return steps;
    }

    int byteLimit() {
        return byteLimit;
    }

    private ScriptedAnswer then(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return new ScriptedAnswer(longer, byteLimit);
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 201 -> "Created";
            case 404 -> "Not Found";
            case 503 -> "Service Unavailable";
            default -> "Status " + String.format(Locale.ROOT, "%d", status);
        };
    }
}
