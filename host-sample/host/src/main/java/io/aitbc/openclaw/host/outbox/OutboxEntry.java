package io.aitbc.openclaw.host.outbox;

import io.aitbc.openclaw.api.OutboxMessage;
import java.time.Instant;

/**
 * A message and what only the host knows of it.
 *
 * @param bytes of its payload, as UTF-8
 * @param changedAt when it was added, or last tried, or decided on
 * @param dueAt when it may be tried again
 */
public record OutboxEntry(OutboxMessage message, long bytes, Instant changedAt, Instant dueAt) {}
