package io.aitbc.openclaw.provider.ledger;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts accesses, can hold one back, and can fail after what was to be written is known. */
final class CountingJournal extends Journal {
    private final AtomicInteger accesses = new AtomicInteger();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);
    private volatile boolean hold;
    private volatile boolean fail;

    CountingJournal(Path file) {
        super(file);
    }

    int accesses() {
        return accesses.get();
    }

    void hold() {
        hold = true;
    }

    void awaitHeld() throws InterruptedException {
        held.await();
    }

    void letGo() {
        letGo.countDown();
    }

    void failNext() {
        fail = true;
    }

    @Override
    void access(Access access) {
        accesses.incrementAndGet();
        if (hold) {
            held.countDown();
            try {
                letGo.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        if (fail) {
            fail = false;
            super.access(appended -> {
                access.run(appended);
                throw broken("cannot be written", new IllegalStateException("disk full"));
            });
        }
        super.access(access);
    }
}
