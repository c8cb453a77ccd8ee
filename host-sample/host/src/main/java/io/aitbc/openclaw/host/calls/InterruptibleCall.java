package io.aitbc.openclaw.host.calls;

import org.jspecify.annotations.Nullable;

/** A call that the current thread makes and that others may interrupt while it lasts, but not afterwards. */
public class InterruptibleCall {
    private @Nullable Thread thread = Thread.currentThread();
    private boolean aborted;

    /** Interrupts the thread, unless the call has ended. */
    public final synchronized void abort() {
        if (thread != null) {
            aborted = true;
            thread.interrupt();
        }
    }

    public final synchronized boolean aborted() {
        return aborted;
    }

    /** From here on the thread is no longer interrupted; an interrupt that came too late for the call is taken back. */
    public final synchronized void end() {
        thread = null;
        if (aborted) {
            boolean _ = Thread.interrupted();
        }
    }
}
