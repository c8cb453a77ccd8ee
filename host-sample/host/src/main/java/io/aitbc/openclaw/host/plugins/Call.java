package io.aitbc.openclaw.host.plugins;

import org.jspecify.annotations.Nullable;

/** A call of the current thread into a plugin. */
final class Call implements Running {
    private @Nullable Thread thread = Thread.currentThread();
    private boolean aborted;

    @Override
    public synchronized void abort() {
        if (thread != null) {
            aborted = true;
            thread.interrupt();
        }
    }

    synchronized boolean aborted() {
        return aborted;
    }

    /** From here on the thread is no longer interrupted; an interrupt that came too late for the plugin is taken back. */
    synchronized void end() {
        thread = null;
        if (aborted) {
            boolean _ = Thread.interrupted();
        }
    }
}
