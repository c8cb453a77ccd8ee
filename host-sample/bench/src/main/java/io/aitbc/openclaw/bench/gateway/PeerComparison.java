package io.aitbc.openclaw.bench.gateway;

import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.bench.BenchmarkRow;
import io.aitbc.openclaw.engine.ollama.OllamaEngine;
import io.aitbc.openclaw.engine.ollama.OllamaEngineOptions;
import io.aitbc.openclaw.testing.FastUpstream;
import io.github.ollama4j.Ollama;
import io.github.ollama4j.exceptions.OllamaException;
import io.github.ollama4j.models.chat.OllamaChatMessageRole;
import io.github.ollama4j.models.chat.OllamaChatRequest;
import io.github.ollama4j.utils.OptionsBuilder;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

/** The token path of our engine beside that of Ollama4j, which the engine uses for management only. */
final class PeerComparison {
    private static final int TOKENS = 32;

    private PeerComparison() {}

    private interface Chat {
        /** Asks once and reads all of the answer; returns its number of pieces. */
        int once() throws OllamaException;
    }

    static List<BenchmarkRow> run(URI server, int answers) throws IOException {
        Module module = PeerComparison.class.getModule();
        if (module.isNamed()) {
            module.addReads(PeerComparison.class.getClassLoader().getUnnamedModule());
        }
        try (OllamaEngine engine = OllamaEngine.connect(OllamaEngineOptions.of(server))) {
            double[] ours = millis(() -> ours(engine), answers);
            double[] theirs = millis(() -> theirs(server), answers / 3);
            return List.of(
                    row("engine client, 32-chunk stream, p50", ours, theirs, 50),
                    row("engine client, 32-chunk stream, p99", ours, theirs, 99));
        } catch (OllamaException e) {
            throw new IOException("Ollama4j failed: " + e.getMessage(), e);
        }
    }

    private static BenchmarkRow row(String name, double[] ours, double[] theirs, int percent) {
        return BenchmarkRow.of(name, "ms", percentile(ours, percent)).against("Ollama4j", percentile(theirs, percent));
    }

    private static double percentile(double[] sorted, int percent) {
        return sorted[(sorted.length - 1) * percent / 100];
    }

    /** Sorted times of the second half: the first half warms up. */
    private static double[] millis(Chat chat, int answers) throws OllamaException, IOException {
        double[] millis = new double[answers];
        for (int i = 0; i < answers; i++) {
            long start = System.nanoTime();
            int pieces = chat.once();
            millis[i] = (System.nanoTime() - start) / 1e6;
            if (pieces != TOKENS) {
                throw new IOException("an answer of %d pieces instead of %d".formatted(pieces, TOKENS));
            }
        }
        double[] measured = Arrays.copyOfRange(millis, answers / 2, answers);
        Arrays.sort(measured);
        return measured;
    }

    private static int ours(OllamaEngine engine) {
        ChatRequest request = new ChatRequest(
                FastUpstream.MODEL,
                List.of(ChatMessage.user("Tell me about a bird.")),
                List.of(),
                InferenceSettings.of(GenerationOptions.of("num_predict", (long) TOKENS)),
                RequestContext.of("bench"));
        int pieces = 0;
        try (InferenceStream stream = engine.chat(request)) {
            while (!(stream.next() instanceof InferenceEvent.Finished)) {
                pieces++;
            }
        }
        return pieces;
    }

    private static int theirs(URI server) throws OllamaException {
        int[] pieces = new int[1];
        OllamaChatRequest request = OllamaChatRequest.builder()
                .withModel(FastUpstream.MODEL)
                .withMessage(OllamaChatMessageRole.USER, "Tell me about a bird.")
                .withOptions(new OptionsBuilder().setNumPredict(TOKENS).build())
                .withStreaming()
                .withUseTools(false)
                .build();
        new Ollama(server.toString()).chat(request, token -> {
            if (!token.isDone()) {
                pieces[0]++;
            }
        });
        return pieces[0];
    }
}
