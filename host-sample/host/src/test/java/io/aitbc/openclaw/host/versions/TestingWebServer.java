package io.aitbc.openclaw.host.versions;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Serves a folder over HTTP, badly when told to. */
final class TestingWebServer implements AutoCloseable {
    /** What it does to an answer. */
    enum Mood {
        HONEST,
        /** Sends half of the bytes it announced, then nothing. */
        STALLING,
        /** Points elsewhere. */
        REDIRECTING,
        /** Sends more than anybody wants, without saying how much. */
        ENDLESS,
        /** Sends other bytes of the same length. */
        FORGING
    }

    private final Path folder;
    private final ServerSocket socket;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private volatile Mood mood = Mood.HONEST;

    TestingWebServer(Path folder) throws IOException {
        this.folder = folder;
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/stable";
    }

    /** Of all requests so far. */
    List<String> paths() {
        return paths;
    }

    void mood(Mood next) {
        mood = next;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                OutputStream out = client.getOutputStream();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
            String path = in.readLine().split(" ", -1)[1];
            paths.add(path);
            for (String line = in.readLine(); !line.isEmpty(); ) {
                line = in.readLine();
            }
            answer(out, folder.resolve(path.substring(path.lastIndexOf('/') + 1)));
        } catch (IOException | InterruptedException e) {
            Thread.currentThread().interrupt(); // the client has gone; that is what some tests want
        }
    }

    private void answer(OutputStream out, Path file) throws IOException, InterruptedException {
        if (mood == Mood.REDIRECTING) {
            head(out, "302 Found", "Location: http://127.0.0.1:1/index.json\r\nContent-Length: 0\r\n");
        } else if (mood == Mood.ENDLESS) {
            head(out, "200 OK", "");
            while (!socket.isClosed()) {
                out.write(new byte[1 << 16]);
            }
        } else if (!Files.isRegularFile(file)) {
            head(out, "404 Not Found", "Content-Length: 0\r\n");
        } else {
            byte[] bytes = Files.readAllBytes(file);
            head(out, "200 OK", "Content-Length: " + bytes.length + "\r\n");
            if (mood == Mood.STALLING) {
                out.write(bytes, 0, bytes.length / 2);
                out.flush();
                closing.await();
            } else {
                boolean forge = mood == Mood.FORGING && !file.endsWith(RepositoryIndex.FILE);
                out.write(forge ? new byte[bytes.length] : bytes);
            }
        }
        out.flush();
    }

    private static void head(OutputStream out, String status, String fields) throws IOException {
        out.write(("HTTP/1.1 " + status + "\r\n" + fields + "Connection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        socket.close();
    }
}
