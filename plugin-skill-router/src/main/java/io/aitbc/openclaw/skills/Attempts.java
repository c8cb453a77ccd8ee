package io.aitbc.openclaw.skills;

import io.aitbc.openclaw.api.OpenClawException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts attempts and learns from how they end. */
final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private final RouterSettings settings;
    private final Breakers breakers;
    private final DeadlineWatch watch;

    Attempts(RouterSettings settings, Breakers breakers, DeadlineWatch watch) {
        this.settings = settings;
        this.breakers = breakers;
        this.watch = watch;
    }

    /** @param hasAlternative whether somebody else could be asked; without one, silence alone is no reason to give up */
    Attempt start(Candidate candidate, boolean hasAlternative) {
        breakers.of(candidate.provider()).startAttempt();
        Attempt attempt = new Attempt(
                candidate,
                hasAlternative ? settings.firstByteTimeout() : settings.waitingTimeout(),
                settings.waitingTimeout());
        watch.add(attempt);
        return attempt;
    }

    void answered(Attempt attempt) {
        watch.remove(attempt);
        breakers.of(attempt.candidate().provider()).succeeded();
    }

    void canceled(Attempt attempt) {
        watch.remove(attempt);
    }

    void failed(Attempt attempt, String requestId, OpenClawException failure) {
        watch.remove(attempt);
        breakers.of(attempt.candidate().provider()).failed(failure.code());
        LOG.atInfo()
                .addKeyValue("request", requestId)
                .addKeyValue("provider", attempt.candidate().provider().id())
                .addKeyValue("code", failure.code())
                .log("attempt failed");
    }
}
