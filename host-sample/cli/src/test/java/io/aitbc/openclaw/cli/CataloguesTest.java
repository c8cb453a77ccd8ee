package io.aitbc.openclaw.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.Embeddings;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.ModelDetails;
import io.aitbc.openclaw.api.inference.Placement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CataloguesTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final ModelDescriptor MODEL = new ModelDescriptor(
            "wren",
            "good",
            Placement.LOCAL,
            Set.of(),
            OptionalInt.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            List.of());

    @Test
    void providers_that_fail_in_any_way_take_nothing_from_the_others() throws InterruptedException {
        Catalogues catalogues = Catalogues.ask(
                List.of(
                        new ScriptedCatalogue("thrower", () -> {
                            throw new IllegalStateException("out\nof order");
                        }),
                        new ScriptedCatalogue("linker", () -> {
                            throw new NoClassDefFoundError("gone/Missing");
                        }),
                        new ScriptedCatalogue("good", () -> List.of(MODEL))),
                LONG);

        assertThat(catalogues.models()).containsExactly(MODEL);
        assertThat(catalogues.silent())
                .containsOnly(Map.entry("thrower", "out?of order"), Map.entry("linker", "gone/Missing"));
    }

    @Test
    void a_provider_that_is_stuck_is_given_up_and_interrupted() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        Catalogues catalogues = Catalogues.ask(
                List.of(new ScriptedCatalogue("stuck", () -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        interrupted.set(true);
                    }
                    return List.of();
                })),
                Duration.ofMillis(50));

        assertThat(catalogues.silent()).containsOnly(Map.entry("stuck", "no answer within 50 ms"));
        await().untilTrue(interrupted);
    }

    private record ScriptedCatalogue(String id, Supplier<List<ModelDescriptor>> models) implements InferenceProvider {
        @Override
        public Placement placement() {
            return Placement.NETWORK;
        }

        @Override
        public List<ModelDescriptor> catalogue() {
            return models.get();
        }

        @Override
        public Optional<ModelDescriptor> find(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<ModelDetails> show(String name, boolean verbose) {
            return Optional.empty();
        }

        @Override
        public InferenceStream chat(ChatRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public InferenceStream generate(GenerateRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Embeddings embed(EmbedRequest request) {
            throw new UnsupportedOperationException();
        }
    }
}
