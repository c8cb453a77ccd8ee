package io.aitbc.openclaw.provider.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aitbc.openclaw.provider.coordinator.HubClient;
import io.aitbc.openclaw.provider.coordinator.HubRequest;
import io.aitbc.openclaw.provider.coordinator.HubStream;
import io.aitbc.openclaw.provider.coordinator.Profile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Direct inference on the coordinator's machine, where it has a model server. */
class HubConformanceTest extends Conformance {
    private static final Duration FIRST_EVENT = Duration.ofMinutes(2);
    private static final Duration IDLE = Duration.ofMinutes(1);

    private String model() {
        target().needWallet();
        target().needProfile(Profile.CURRENT);
        assumeTrue(services().hub().healthy(scope()), "the hub has no model server: direct inference is not tested");
        List<HubClient.Model> models = services().hub().models(scope());
        assumeTrue(!models.isEmpty(), "the hub has no models: direct inference is not tested");
        return models.getFirst().name();
    }

    @Test
    void an_answer_comes_whole() {
        assertThat(services()
                        .hub()
                        .generate(HubRequest.of(model(), "Say hi"), scope())
                        .text())
                .isNotBlank();
    }

    @Test
    void an_answer_comes_in_pieces() {
        StringBuilder text = new StringBuilder();
        try (HubStream stream = services().hub().stream(HubRequest.of(model(), "Say hi"), FIRST_EVENT, IDLE, scope())) {
            for (Optional<String> piece = stream.next(); piece.isPresent(); piece = stream.next()) {
                text.append(piece.get());
            }
        }
        assertThat(text.toString()).isNotBlank();
    }

    @Test
    void several_prompts_are_answered_in_order() {
        assertThat(services().hub().batch(model(), List.of("Say hi", "Say ho"), scope()))
                .extracting(HubClient.BatchAnswer::index)
                .containsExactly(0, 1);
    }
}
