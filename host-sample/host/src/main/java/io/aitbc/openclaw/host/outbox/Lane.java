package io.aitbc.openclaw.host.outbox;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A lane's messages that are not delivered, in order. Guarded by the {@link Lanes} it is in. */
final class Lane {
    final LaneName name;
    final ArrayDeque<Long> sequences = new ArrayDeque<>(1);
    Instant dueAt;
    /** Whether the other side asked to be left alone until then. */
    boolean asked;
    /** Whether its first message is in conflict. */
    boolean stopped;
    /** Whether somebody works on it, so that nobody else may. */
    boolean held;
    /** What an attempt came to that could not be written down yet. */
    @Nullable
    Outcome unwritten;

    Lane(LaneName name, Instant dueAt) {
        this.name = name;
        this.dueAt = dueAt;
    }

    long head() {
        return sequences.getFirst();
    }

    /** The message after the first. */
    Optional<Long> second() {
        return sequences.stream().skip(1).findFirst();
    }
}
