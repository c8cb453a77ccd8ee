package io.aitbc.openclaw.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One connection of a scripted server. A thread of its own reads all that arrives, so that a client that leaves is noticed
 * at once, whatever the script is doing.
 */
final class ScriptedConnection implements AutoCloseable {
    private static final int MAX_HEAD = 64 * 1024;
    private static final int MAX_BODY = 256 * 1024 * 1024;

    /** Thrown inside a script when it ends the connection. */
    private static final class Ended extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private final Socket socket;
    private final Inbox inbox = new Inbox();
    private volatile boolean closed;

    ScriptedConnection(Socket socket) {
        this.socket = socket;
        Thread.ofVirtual().name("scripted-reader").start(() -> inbox.fill(socket));
    }

    /** Waits for the next request. */
    RecordedRequest read() throws IOException {
        String head = inbox.head(MAX_HEAD);
        String[] lines = head.split("\r\n");
        String[] start = lines[0].split(" ");
        if (start.length != 3) {
            throw new IOException("not HTTP: " + lines[0]);
        }
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        String path = start[1].split("\\?", 2)[0];
        return new RecordedRequest(start[0], path, headers, body(headers));
    }

    private String body(Map<String, String> headers) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            while (true) {
                int size = Integer.parseInt(inbox.line(MAX_HEAD).strip(), 16);
                inbox.take(size, body);
                inbox.line(MAX_HEAD);
                if (size == 0) {
                    break;
                }
            }
        } else {
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            if (length > MAX_BODY) {
                throw new IOException("request body of " + length + " bytes");
            }
            inbox.take(length, body);
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    /**
     * Plays an answer.
     *
     * @return whether the connection may carry another request
     * @throws EOFException when the client left before the script was through
     */
    boolean play(ScriptedAnswer answer, boolean headRequest) throws IOException {
        OutputStream out = socket.getOutputStream();
        int left = answer.byteLimit();
        try {
            for (ScriptedAnswer.Step step : answer.steps()) {
                if (step instanceof ScriptedAnswer.Step.Send send) {
                    byte[] bytes = headRequest ? headOnly(send.bytes()) : send.bytes();
                    out.write(bytes, 0, Math.min(bytes.length, left));
                    left -= bytes.length;
                    if (left < 0) {
                        return false;
                    }
                } else {
                    perform(step);
                }
            }
            return true;
        } catch (Ended e) {
            return false;
        }
    }

    private static byte[] headOnly(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).startsWith("HTTP/1.1 ") ? bytes : new byte[0];
    }

    private void perform(ScriptedAnswer.Step step) throws IOException {
        switch (step) {
            case ScriptedAnswer.Step.Send send -> throw new IllegalStateException("sent elsewhere: " + send);
            case ScriptedAnswer.Step.Pause pause -> inbox.awaitGone(pause.time());
            case ScriptedAnswer.Step.Await await -> await(await.signal());
            case ScriptedAnswer.Step.Run run -> run.action().run();
            case ScriptedAnswer.Step.Hang _ -> inbox.awaitGone(Duration.ofDays(1));
            case ScriptedAnswer.Step.Close _ -> throw new Ended();
            case ScriptedAnswer.Step.Reset _ -> {
                socket.setSoLinger(true, 0);
                throw new Ended();
            }
        }
        if (inbox.gone()) {
            throw new EOFException("the client left");
        }
    }

    private void await(CountDownLatch signal) throws IOException {
        try {
            while (!signal.await(5, TimeUnit.MILLISECONDS)) {
                if (inbox.gone()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    /**
     * Whether a script that broke did so because the client left. Asked after a failed write, which may come before the
     * reader has noticed.
     */
    boolean clientLeft() {
        return !closed;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        socket.close();
    }
}
