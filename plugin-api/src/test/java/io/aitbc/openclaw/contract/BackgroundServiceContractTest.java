package io.aitbc.openclaw.contract;

import io.aitbc.openclaw.api.service.BackgroundService;
import io.aitbc.openclaw.api.service.ServiceHealth;
import io.aitbc.openclaw.api.service.ServiceHealth.State;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The contract holds for the simplest service that keeps it: one thread that waits to be stopped. */
class BackgroundServiceContractTest extends BackgroundServiceContract {
    private volatile boolean away;

    @Override
    protected BackgroundService createService() {
        return new BackgroundService() {
            private @Nullable Thread thread;

            @Override
            public String id() {
                return "waiting";
            }

            @Override
            public synchronized void start() {
                if (thread == null) {
                    thread = Thread.ofVirtual().start(() -> {
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    });
                }
            }

            @Override
            public synchronized void stop() {
                if (thread != null) {
                    thread.interrupt();
                    try {
                        thread.join(Duration.ofSeconds(5));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    thread = null;
                }
            }

            @Override
            public synchronized ServiceHealth health() {
                State state = thread == null ? State.STOPPED : away ? State.DEGRADED : State.RUNNING;
                return new ServiceHealth(state, "waits", Map.of("threads", thread == null ? "0" : "1"));
            }
        };
    }

    @Override
    protected void cutSurroundings() {
        away = true;
    }
}
