package io.aitbc.openclaw.bench.network;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.JobRecord;
import io.aitbc.openclaw.api.inference.RequestContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that each ask for one job after the other. */
final class JobLoad {
    private static final String MODEL = "aitbc/" + InstantEngine.MODEL;

    private final InferenceProvider provider;
    private final int clients;
    private final int most;
    private final AtomicInteger asked = new AtomicInteger();
    private final Map<String, Long> answered = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private Samples samples = new Samples();
    private int answeredBefore;
    private double seconds;

    /** @param most jobs in all, after which it stops early */
    JobLoad(InferenceProvider provider, int clients, int most) {
        this.provider = provider;
        this.clients = clients;
        this.most = most;
    }

    void startMeasuring() {
        samples = new Samples();
        answeredBefore = answered.size();
    }

    /** Returns when the last answer is there. */
    void run(Duration time) {
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < clients; i++) {
                threads.execute(() -> askUntil(start + time.toNanos()));
            }
        }
        seconds = (System.nanoTime() - start) / 1e9;
    }

    private void askUntil(long end) {
        while (System.nanoTime() - end < 0 && asked.get() < most) {
            asked.incrementAndGet();
            long start = System.nanoTime();
            try {
                JobRecord job = ask();
                samples.add(System.nanoTime() - start);
                answered.put(job.jobId(), job.cost().units().longValueExact());
            } catch (OpenClawException | IllegalStateException e) {
                failures.add(String.valueOf(e.getMessage()));
            }
        }
    }

    private JobRecord ask() {
        ChatRequest request = new ChatRequest(
                MODEL,
                List.of(ChatMessage.user("Say hi")),
                List.of(),
                InferenceSettings.of(GenerationOptions.of("num_predict", 8L)),
                RequestContext.of("bench"));
        StringBuilder text = new StringBuilder();
        try (InferenceStream stream = provider.chat(request)) {
            while (true) {
                InferenceEvent event = stream.next();
                if (event instanceof InferenceEvent.Text piece) {
                    text.append(piece.text());
                } else if (event instanceof InferenceEvent.Finished end) {
                    return checked(text.toString(), end.job().orElseThrow());
                }
            }
        }
    }

    private static JobRecord checked(String text, JobRecord job) {
        if (!text.equals(InstantEngine.ANSWER) || job.assurance() != AssuranceLevel.SIGNED) {
            throw new IllegalStateException("not the answer that was signed: " + job.assurance());
        }
        return job;
    }

    int asked() {
        return asked.get();
    }

    /** What each answer cost, in base units, by the network's id of its job. */
    Map<String, Long> answered() {
        return Map.copyOf(answered);
    }

    Optional<String> firstFailure() {
        return Optional.ofNullable(failures.peek());
    }

    /** Of the last run. */
    double seconds() {
        return seconds;
    }

    /** Answers since {@link #startMeasuring()}. */
    int measured() {
        return answered.size() - answeredBefore;
    }

    double perSecond() {
        return measured() / seconds;
    }

    double percentile(int percent) {
        return samples.percentile(percent);
    }
}
