package io.aitbc.openclaw.host.http.wire;

import io.helidon.common.socket.SocketWriterException;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response. A response is either sent whole with {@link #send} or streamed: {@link #stream},
 * {@link #write} for each piece and {@link #writeLast}. Every write reaches the client's socket before it returns, and fails
 * with {@link ClientGone} when there is no client any more.
 */
public final class Exchange {
    public static final Header JSON = contentType("application/json; charset=utf-8");
    /** Of errors that arise once the work has begun. */
    public static final Header PLAIN_JSON = contentType("application/json");

    public static final Header NDJSON = contentType("application/x-ndjson");
    public static final Header EVENTS = contentType("text/event-stream");
    public static final Header TEXT = contentType("text/plain; charset=utf-8");
    /** {@code text/plain} of Go's own handlers. */
    public static final Header PLAIN_TEXT = contentType("text/plain");

    /** Framing of a chunked body may take this much more than the body. */
    private static final int FRAMING = 64 * 1024;

    private static final int FIRST_READ = 16 * 1024;

    private static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");

    private final ServerRequest request;
    private final ServerResponse response;
    private final ClientConnection connection;
    private final long mostBodyBytes;
    private final String requestId =
            "req-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
    private @Nullable OutputStream stream;
    private boolean responded;
    private boolean closing;

    public Exchange(ServerRequest request, ServerResponse response, long mostBodyBytes) {
        this.request = request;
        this.response = response;
        this.connection = ClientConnection.current();
        this.mostBodyBytes = mostBodyBytes;
        connection.handling();
        responseHeader(REQUEST_ID, requestId);
    }

    private static Header contentType(String type) {
        return HeaderValues.createCached(HeaderNames.CONTENT_TYPE, type);
    }

    public String method() {
        return request.prologue().method().text();
    }

    public boolean isHead() {
        return method().equals("HEAD");
    }

    /** The path as it was sent, percent escapes and all. */
    public String path() {
        return request.prologue().uriPath().rawPath();
    }

    /** The host's own name for this request: clients get it as {@code X-Request-Id}, records of the answer are found by it. */
    public String requestId() {
        return requestId;
    }

    /** A parameter of the query, decoded. */
    public Optional<String> query(String name) {
        try {
            return request.query().first(name).asOptional();
        } catch (IllegalArgumentException e) {
            throw new MalformedRequest(); // escapes that are none
        }
    }

    public Optional<String> header(String name) {
        return header(HeaderNames.create(name));
    }

    public Optional<String> header(HeaderName name) {
        return request.headers().first(name);
    }

    /**
     * Reads the body.
     *
     * @throws RequestTooLarge when it is larger than the server takes; the connection is closed after the response
     * @throws MalformedRequest when its chunks are not chunks; the connection is closed after the response
     * @throws ClientGone when it ends too early
     */
    public byte[] body() {
        long length = request.headers().contentLength().orElse(-1);
        if (length > mostBodyBytes) {
            throw tooLarge();
        }
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        connection.readingBody(mostBodyBytes + FRAMING);
        InputStream in = request.content().inputStream(); // closing it would read the rest of a body that is refused
        try {
            return length >= 0 ? in.readNBytes((int) length) : readAll(in);
        } catch (RequestTooLarge e) {
            throw tooLarge();
        } catch (NumberFormatException | RequestException e) {
            closeAfterwards();
            throw new MalformedRequest();
        } catch (IOException | RuntimeException e) {
            throw new ClientGone();
        }
    }

    private byte[] readAll(InputStream in) throws IOException {
        byte[] bytes = new byte[FIRST_READ];
        int length = 0;
        while (true) {
            int read = in.read(bytes, length, bytes.length - length);
            if (read < 0) {
                return Arrays.copyOf(bytes, length);
            }
            length += read;
            if (length > mostBodyBytes) {
                throw new RequestTooLarge();
            }
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * length);
            }
        }
    }

    private RequestTooLarge tooLarge() {
        closeAfterwards();
        return new RequestTooLarge();
    }

    /** The body as a stream of any length; the client has to keep sending. */
    public InputStream bodyStream() {
        if (!request.content().hasEntity()) {
            return InputStream.nullInputStream();
        }
        connection.readingBody(mostBodyBytes + FRAMING);
        return new LongBody(request.content().inputStream(), () -> connection.readingBody(mostBodyBytes + FRAMING));
    }

    /** The work for this request; close it when the response is sent. */
    public Work begin() {
        return connection.begin();
    }

    /** The connection does not take another request after this one. */
    public void closeAfterwards() {
        response.header(HeaderValues.CONNECTION_CLOSE);
        closing = true;
    }

    public void responseHeader(HeaderName name, String value) {
        response.headers().add(HeaderValues.create(name, value));
    }

    /** Whether anything of the response was sent. */
    public boolean isStarted() {
        return responded || stream != null;
    }

    public void send(int status, Header contentType, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        send(status, contentType, bytes, bytes.length);
    }

    public void send(int status, Header contentType, byte[] body, int length) {
        response.header(contentType);
        sendBody(status, body, length);
    }

    /** Sends a response without a body. */
    public void send(int status) {
        sendBody(status, new byte[0], 0);
    }

    private void sendBody(int status, byte[] body, int length) {
        responded = true;
        response.status(Status.create(status));
        try {
            if (isHead()) {
                response.header(HeaderValues.create(HeaderNames.CONTENT_LENGTH, length));
                response.send();
            } else if (length == 0) {
                response.send();
            } else {
                response.send(body, 0, length);
            }
        } catch (ServerConnectionException | SocketWriterException | UncheckedIOException e) {
            throw new ClientGone();
        }
    }

    /** Begins to stream a 200 response; nothing is sent before the first write. */
    public void stream(Header contentType) {
        response.header(contentType);
        stream = response.outputStream();
    }

    public void write(byte[] bytes, int length) {
        write(bytes, length, false);
    }

    /** Writes the last piece and the end of the response together. */
    public void writeLast(byte[] bytes, int length) {
        write(bytes, length, true);
        responded = true;
    }

    private void write(byte[] bytes, int length, boolean last) {
        OutputStream out = stream;
        if (out == null) {
            throw new IllegalStateException("not streaming");
        }
        ConnectionOutput output = connection.output();
        output.hold();
        try {
            if (length > 0) { // an empty chunk would end the response
                out.write(bytes, 0, length);
                out.flush();
            }
            if (last && response instanceof RoutingResponse routing) {
                routing.commit();
            }
            output.release();
        } catch (IOException | ServerConnectionException | SocketWriterException | UncheckedIOException e) {
            output.drop();
            throw new ClientGone();
        }
    }

    /** Lets the connection wait for the next request, or ends it. */
    public void finish() {
        if (closing) {
            connection.linger();
            throw hangUp();
        }
        if (request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
            throw hangUp(); // Helidon would wait for the client to close
        }
        connection.responded();
    }

    /** Ends the connection at once. */
    public RuntimeException hangUp() {
        return new CloseConnectionException("connection ends after this request");
    }
}
