package io.aitbc.openclaw.host.plugins;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Runs tasks at the same time, each on a platform thread of its own, and waits for all. */
final class SideBySide {
    private SideBySide() {}

    static void run(Stream<Runnable> tasks) {
        try (ExecutorService executor =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            tasks.forEach(executor::execute);
        }
    }
}
