package io.aitbc.openclaw.bench.reload;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that ask for streams again and again until they are stopped, and count how they end. */
final class StreamingClients implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LOCAL = "wren-tiny";
    private static final String NETWORK = "aitbc/wren-tiny";

    private final URI url;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong whole = new AtomicLong();
    private final AtomicLong wholeOfNetwork = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong truncated = new AtomicLong();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    /** @param ofNetwork how many of them ask for a model of the network, whose streams run in the plugin that sells it */
    StreamingClients(URI host, int count, int ofNetwork) {
        url = host.resolve("/api/generate");
        for (int i = 0; i < count; i++) {
            String model = i < ofNetwork ? NETWORK : LOCAL;
            threads.add(Thread.ofVirtual().start(() -> run(model)));
        }
    }

    private void run(String model) {
        while (!stopped.get()) {
            try {
                ask(model);
            } catch (IOException e) {
                fail(failed, e.toString());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void ask(String model) throws IOException, InterruptedException {
        String body =
                "{\"model\":\"%s\",\"prompt\":\"Once upon a time\",\"options\":{\"num_predict\":24}}".formatted(model);
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<java.io.InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        String last = "";
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line;
            }
        }
        if (response.statusCode() != 200) {
            fail(failed, model + " " + response.statusCode() + " " + last);
        } else if (last.contains("\"error\"")) {
            fail(failed, last);
        } else if (last.contains("\"done\":true")) {
            long _ = whole.incrementAndGet();
            if (model.equals(NETWORK)) {
                long _ = wholeOfNetwork.incrementAndGet();
            }
        } else {
            fail(truncated, "truncated after " + last);
        }
    }

    private void fail(AtomicLong counter, String text) {
        long _ = counter.incrementAndGet();
        if (failures.size() < 10) {
            failures.add(text);
        }
    }

    long whole() {
        return whole.get();
    }

    long wholeOfNetwork() {
        return wholeOfNetwork.get();
    }

    long failed() {
        return failed.get();
    }

    long truncated() {
        return truncated.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Waits until the running streams have ended. */
    void stop() {
        stopped.set(true);
        for (Thread thread : threads) {
            try {
                boolean _ = thread.join(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        stop();
        client.shutdownNow();
    }
}
