package io.aitbc.openclaw.host.outbox;

import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.Outbox;
import io.aitbc.openclaw.contract.OutboxContract;
import io.aitbc.openclaw.contract.ScriptedHandler;
import io.aitbc.openclaw.contract.TestingClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HostOutboxTest extends OutboxContract {
    @TempDir
    private Path folder;

    private final TestingClock clock = new TestingClock();
    private HostOutbox outbox;

    @Override
    protected Outbox createOutbox(ScriptedHandler handler) {
        outbox = new HostOutbox(
                folder,
                OutboxOptions.defaults(),
                clock,
                new Random(1),
                topic -> topic.equals(handler.id()) ? Optional.of(handler) : Optional.empty());
        return outbox;
    }

    @Override
    protected void offer() {
        clock.advance(Duration.ofDays(2));
        outbox.work();
        outbox.wake();
        await().until(outbox::idle);
    }

    @AfterEach
    void close() {
        outbox.close();
    }
}
