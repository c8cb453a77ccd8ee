package io.aitbc.openclaw.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.OutputFormat;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.api.inference.Think;
import io.aitbc.openclaw.contract.Failures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequestPolicyTest {
    private static final InferenceSettings PLAIN = InferenceSettings.defaults();
    private final RequestPolicy policy = new RequestPolicy(false);

    static Stream<GenerateRequest> requestsThatWouldMeanSomethingElse() {
        return Stream.of(
                generate(Optional.of("suffix"), Optional.empty(), List.of(), false, List.of(), PLAIN),
                generate(Optional.empty(), Optional.of("{{ .Prompt }}"), List.of(), false, List.of(), PLAIN),
                generate(Optional.empty(), Optional.empty(), List.of(1, 2), false, List.of(), PLAIN),
                generate(Optional.empty(), Optional.empty(), List.of(), true, List.of(), PLAIN),
                generate(Optional.empty(), Optional.empty(), List.of(), false, List.of("aW1n"), PLAIN),
                plain(settings(Optional.of(new OutputFormat.Json()), Think.UNSET, false)),
                plain(settings(Optional.empty(), Think.ON, false)),
                plain(settings(Optional.empty(), Think.HIGH, false)),
                plain(settings(Optional.empty(), Think.UNSET, true)));
    }

    @ParameterizedTest
    @MethodSource("requestsThatWouldMeanSomethingElse")
    void what_would_change_the_meaning_is_refused(GenerateRequest request) {
        Failures.assertFails(ErrorCode.UNSUPPORTED, () -> policy.check(request));
    }

    @Test
    void what_only_steers_is_declared() {
        GenerationOptions options = GenerationOptions.of("temperature", 0.0)
                .with("seed", 1L)
                .with("num_predict", 5L)
                .with("num_ctx", 4096L)
                .with("stop", "x");
        InferenceSettings settings = new InferenceSettings(
                options, Optional.empty(), Think.OFF, Optional.of(Duration.ofMinutes(5)), false, 0, false, false);

        assertThat(policy.check(plain(settings)))
                .containsExactlyInAnyOrder(
                        "num_ctx", "num_predict", "seed", "temperature", "keep_alive", "think", "truncate", "shift");
    }

    @Test
    void refusing_leaves_alone_what_is_only_about_memory() {
        RequestPolicy strict = new RequestPolicy(true);

        assertThat(strict.check(plain(InferenceSettings.of(GenerationOptions.of("num_ctx", 4096L)))))
                .containsExactly("num_ctx");
        Failures.assertFails(
                ErrorCode.UNSUPPORTED,
                () -> strict.check(plain(InferenceSettings.of(GenerationOptions.of("seed", 1L)))));
    }

    private static InferenceSettings settings(Optional<OutputFormat> format, Think think, boolean logprobs) {
        return new InferenceSettings(
                GenerationOptions.none(), format, think, Optional.empty(), logprobs, 0, true, true);
    }

    private static GenerateRequest plain(InferenceSettings settings) {
        return generate(Optional.empty(), Optional.empty(), List.of(), false, List.of(), settings);
    }

    private static GenerateRequest generate(
            Optional<String> suffix,
            Optional<String> template,
            List<Integer> context,
            boolean raw,
            List<String> images,
            InferenceSettings settings) {
        return new GenerateRequest(
                "m", "p", suffix, Optional.empty(), template, context, raw, images, settings, RequestContext.of("r"));
    }
}
