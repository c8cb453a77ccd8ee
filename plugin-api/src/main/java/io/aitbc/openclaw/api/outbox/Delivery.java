package io.aitbc.openclaw.api.outbox;

import java.time.Duration;
import java.util.Optional;

/** How an attempt to deliver a message went. Texts are one line for people, without secrets and payloads. */
public sealed interface Delivery {
    /** It is where it belongs, by this attempt or an earlier one. */
    record Delivered(String note) implements Delivery {}

    /**
     * Not now.
     *
     * @param notBefore how long the other side asked to wait; without it the host waits longer after each attempt
     */
    record Later(String reason, Optional<Duration> notBefore) implements Delivery {}

    /** The other side holds something that contradicts it, or refuses it for good. Nothing was overwritten. */
    record Conflict(String reason) implements Delivery {}
}
