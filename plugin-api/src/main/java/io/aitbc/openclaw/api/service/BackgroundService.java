package io.aitbc.openclaw.api.service;

import io.aitbc.openclaw.api.Extension;
import io.aitbc.openclaw.api.OpenClawException;

/**
 * A part of a plugin that works for as long as it is loaded: a miner, a watch, a reconciler.
 *
 * <p>The host starts it once all plugins are loaded, and stops it before it closes it. When its plugin is replaced, the old
 * one is stopped before the new one is started: of one id, one works at a time.
 */
public interface BackgroundService extends Extension {
    /**
     * Begins to work and returns at once; the work runs on the plugin's own executors. What cannot be reached is no
     * failure: it is tried again, and {@link #health()} says so. Does nothing when it works already.
     *
     * @throws OpenClawException when it can never work as configured
     */
    void start();

    /**
     * Takes no new work, finishes or hands back what it has, and returns when nothing of it runs any more. Does nothing when
     * it does not work. It may be started again.
     */
    void stop();

    /** What it does now; from memory, at once. */
    ServiceHealth health();
}
