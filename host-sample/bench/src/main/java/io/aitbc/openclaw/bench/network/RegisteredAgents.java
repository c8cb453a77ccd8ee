package io.aitbc.openclaw.bench.network;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Many agents in a devnet's registry, kept there: it forgets those it does not hear of for two minutes. */
final class RegisteredAgents {
    static final int COUNT = 1000;
    private static final Duration FRESH = Duration.ofSeconds(60);

    private final BenchNetwork network;
    private long registeredNanos;

    RegisteredAgents(BenchNetwork network) throws IOException, InterruptedException {
        this.network = network;
        register();
    }

    /** Registers them again before they are forgotten. */
    void keep() throws IOException, InterruptedException {
        if (System.nanoTime() - registeredNanos > FRESH.toNanos()) {
            register();
        }
    }

    private void register() throws IOException, InterruptedException {
        for (int i = 0; i < COUNT; i++) {
            network.ask(network.post(
                    url("register"),
                    Map.of(
                            "agent_id", "agent-" + i,
                            "agent_type", i % 2 == 0 ? "worker" : "planner",
                            "capabilities", List.of("inference", "skill-" + i % 20),
                            "services", List.of("chat"),
                            "endpoints", Map.of("http", "https://agent-%d.example.org/api".formatted(i)),
                            "metadata", Map.of("description", "agent %d of a benchmark".formatted(i)))));
        }
        registeredNanos = System.nanoTime();
    }

    /** Gets them as they are, with a new client, and does not even read them. */
    void fetch() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            if (BenchNetwork.fetch(client, network.post(url("discover"), Map.of()))
                            .length()
                    < COUNT * 100) {
                throw new IOException("the agents are not all there");
            }
        }
    }

    private String url(String path) {
        return network.devnet().registryUrl() + "/v1/agents/" + path;
    }
}
