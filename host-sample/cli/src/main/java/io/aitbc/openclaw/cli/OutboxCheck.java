package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.outbox.OutboxCounts;
import io.aitbc.openclaw.host.outbox.OutboxView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Whether what plugins left in the outbox gets out. */
final class OutboxCheck {
    private static final String NAME = "outbox";
    private static final Duration LONG = Duration.ofHours(1);

    private final Path dataDirectory;
    private final InstantSource clock;

    OutboxCheck(Path dataDirectory, InstantSource clock) {
        this.dataDirectory = dataDirectory;
        this.clock = clock;
    }

    Check examine() {
        OutboxCounts counts;
        try (OutboxView view = OutboxView.open(dataDirectory)) {
            counts = view.counts();
        } catch (OpenClawException e) {
            return Check.failed(NAME, e.getMessage(), "see the page on the outbox: what to do with a damaged database");
        }
        if (counts.conflicts() > 0) {
            return Check.warning(
                    NAME,
                    "%,d messages are in conflict and stop their lanes; %,d wait"
                            .formatted(counts.conflicts(), counts.waiting()),
                    "look at them with `outbox list`, then `outbox retry` or `outbox discard` each");
        }
        Instant now = clock.instant();
        Duration oldest = counts.oldestWaiting()
                .map(since -> Duration.between(since, now))
                .orElse(Duration.ZERO);
        return oldest.compareTo(LONG) > 0
                ? Check.warning(
                        NAME,
                        "%,d messages wait, the oldest for %s".formatted(counts.waiting(), OutboxCommand.age(oldest)),
                        "`outbox list` says why; they are delivered by a running host whose plugin is loaded")
                : Check.ok(NAME, counts.waiting() == 0 ? "nothing waits" : "waiting: %,d".formatted(counts.waiting()));
    }
}
