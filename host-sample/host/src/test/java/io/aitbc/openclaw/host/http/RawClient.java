package io.aitbc.openclaw.host.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A client that speaks HTTP by hand, so that it can also misbehave. */
final class RawClient implements AutoCloseable {
    final Socket socket;
    private final InputStream in;

    /** @param headers names in lower case; repeated ones joined by {@code ", "} */
    record Reply(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        List<String> lines() {
            return body.lines().toList();
        }
    }

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    static Reply get(int port, String path, String... headers) throws IOException {
        return call(port, "GET", path, "", headers);
    }

    static Reply post(int port, String path, String body, String... headers) throws IOException {
        return call(port, "POST", path, body, headers);
    }

    static Reply call(int port, String method, String path, String body, String... headers) throws IOException {
        try (RawClient client = new RawClient(port)) {
            client.send(request(method, path, body, headers));
            return client.reply(method.equals("HEAD"));
        }
    }

    /** A request with a Content-Length when there is a body, and a Host header unless one is given. */
    static String request(String method, String path, String body, String... headers) {
        StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        boolean host = false;
        for (String header : headers) {
            text.append(header).append("\r\n");
            host |= header.toLowerCase(Locale.ROOT).startsWith("host:");
        }
        if (!host) {
            text.append("Host: 127.0.0.1\r\n");
        }
        if (!body.isEmpty()) {
            text.append("Content-Length: ")
                    .append(body.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n");
        }
        return text.append("\r\n").append(body).toString();
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** Reads a whole response. */
    Reply reply() throws IOException {
        return reply(false);
    }

    Reply reply(boolean head) throws IOException {
        String statusLine = line();
        Map<String, String> headers = headers();
        int status = Integer.parseInt(statusLine.split(" ")[1]);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (head || status == 204 || status == 100) {
            return new Reply(status, headers, "");
        }
        if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
            for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
                body.write(chunk);
            }
        } else {
            body.write(in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0"))));
        }
        return new Reply(status, headers, body.toString(StandardCharsets.UTF_8));
    }

    /** Reads status line and header of a response whose body the test reads itself. */
    Map<String, String> head() throws IOException {
        String statusLine = line();
        Map<String, String> headers = headers();
        headers.put(":status", statusLine.split(" ")[1]);
        return headers;
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip(),
                    (first, second) -> first + ", " + second);
        }
        return headers;
    }

    /** One chunk of a chunked body, empty at its end. */
    byte[] chunk() throws IOException {
        int length = Integer.parseInt(line(), 16);
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("cut in a chunk");
        }
        line();
        return bytes;
    }

    String chunkText() throws IOException {
        return new String(chunk(), StandardCharsets.UTF_8);
    }

    String line() throws IOException {
        List<Byte> bytes = new ArrayList<>();
        while (true) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("connection closed");
            }
            if (b == '\n') {
                break;
            }
            if (b != '\r') {
                bytes.add((byte) b);
            }
        }
        byte[] line = new byte[bytes.size()];
        for (int i = 0; i < line.length; i++) {
            line[i] = bytes.get(i);
        }
        return new String(line, StandardCharsets.UTF_8);
    }

    /** Whether the server closed the connection; waits for it. */
    boolean isAtEnd() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
