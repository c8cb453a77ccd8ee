package io.aitbc.openclaw.api.inference;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What an answer took. What the provider does not tell stays empty. */
public record Usage(
        OptionalInt promptTokens,
        OptionalInt outputTokens,
        Optional<Duration> total,
        Optional<Duration> load,
        Optional<Duration> promptEval,
        Optional<Duration> eval) {}
