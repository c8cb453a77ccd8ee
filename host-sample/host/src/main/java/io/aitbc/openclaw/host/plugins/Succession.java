package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.host.outbox.HostOutbox;
import io.aitbc.openclaw.host.plugins.PluginLauncher.Launched;
import io.aitbc.openclaw.host.plugins.Retirement.Retired;
import java.nio.file.Path;
import java.util.List;

/**
 * How a generation comes, takes the place of another, and goes, with all that depends on it: services, outbox, copies on disk. Its
 * methods are for who has a turn, unless they say otherwise.
 */
final class Succession {
    private final Turns turns;
    private final ActivePlugins plugins;
    private final Services services;
    private final HostOutbox outbox;
    private final Retirement retirement;
    private final StagedCopies copies;

    Succession(
            Turns turns,
            ActivePlugins plugins,
            Services services,
            HostOutbox outbox,
            Retirement retirement,
            StagedCopies copies) {
        this.turns = turns;
        this.plugins = plugins;
        this.services = services;
        this.outbox = outbox;
        this.retirement = retirement;
        this.copies = copies;
    }

    /** Makes one current that takes nobody's place; on failure nothing of it is left. */
    void introduce(Launched launched) throws PluginLoadException {
        plugins.publish(launched);
        plugins.remember();
        services.start(launched.generation());
        outbox.wake();
    }

    /**
     * Makes a candidate current in the place of an older generation; on failure the old one goes on.
     *
     * @return the old one, for {@link #retire} or {@link #retireBehind}
     */
    Retired exchange(Launched old, Launched next) throws PluginLoadException {
        boolean stopped = plugins.exchange(old, next);
        return new Retired(old, stopped, () -> {
            plugins.forget(old.entry());
            if (!stopped) {
                startServices(next);
            }
            prune();
        });
    }

    /** Takes one out of service in whose place nothing comes. */
    Retired withdraw(Launched old) {
        boolean stopped = plugins.withdraw(old);
        return new Retired(old, stopped, () -> {
            plugins.forget(old.entry());
            prune();
        });
    }

    /** Lets the calls in it end and closes it; returns then. For who has no turn: others may have theirs meanwhile. */
    void retire(Retired retired) {
        retirement.now(retired);
    }

    /** The same without waiting. */
    void retireBehind(Retired retired) {
        retirement.later(retired);
    }

    private void startServices(Launched launched) {
        try (Turns.Turn _ = turns.take()) {
            if (plugins.holds(launched)) {
                services.start(launched.generation());
            }
        }
    }

    /**
     * Takes away the copies of plugins that neither run nor may run again; a closed generation reads no file any more. For who has
     * no turn.
     */
    void prune() {
        List<Path> aside;
        try (Turns.Turn _ = turns.take()) {
            if (turns.over()) {
                return;
            }
            aside = copies.putAside(plugins.hashes());
        }
        StagedCopies.delete(aside);
    }
}
