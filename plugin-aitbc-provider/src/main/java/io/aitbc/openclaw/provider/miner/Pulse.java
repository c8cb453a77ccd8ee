package io.aitbc.openclaw.provider.miner;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.coordinator.JobState;
import io.aitbc.openclaw.provider.coordinator.MinerJob;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Heartbeats, also while jobs are computed, and what has to be looked at now and then. */
final class Pulse implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Pulse.class);

    /** How many heartbeats go by between two looks at what is slow to change. */
    private static final int RARELY = 4;

    /** Somebody decided about the job without this miner. One that expired may still be paid. */
    private static final Set<JobState> ENDED = EnumSet.of(JobState.COMPLETED, JobState.FAILED, JobState.CANCELED);

    private final MinerParts parts;
    private final Optional<OfferBoard> offers;
    private final CallScope scope;
    private long beats;
    private long countedEnds = -1;
    private Set<String> suspects = Set.of();

    Pulse(MinerParts parts, Optional<OfferBoard> offers, CallScope scope) {
        this.parts = parts;
        this.offers = offers;
        this.scope = scope;
    }

    @Override
    public void run() {
        while (!scope.isCanceled()) {
            try {
                scope.pause(parts.backoff().spread(parts.settings().heartbeatInterval()));
                parts.registration().known().ifPresent(this::beat);
            } catch (OpenClawException e) {
                if (e.code() == ErrorCode.CANCELED) {
                    return;
                }
                log.atDebug().addKeyValue("reason", e.getMessage()).log("miner misses a heartbeat");
            } catch (RuntimeException e) {
                log.atError().setCause(e).log("miner cannot send a heartbeat");
            }
        }
    }

    private void beat(List<String> registered) {
        parts.registration().heartbeat(scope);
        if (!parts.models().present().equals(registered)) {
            parts.registration().lost();
            offers.ifPresent(OfferBoard::changed);
            return;
        }
        endCanceled();
        boolean due = beats++ % RARELY == 0;
        if (due) {
            offers.ifPresent(board -> board.sync(registered, scope));
        }
        long ends = parts.tally().ended();
        if (due || ends != countedEnds) {
            parts.tally().earned(parts.client().earnings(scope));
            countedEnds = ends;
        }
    }

    /**
     * A canceled job belongs to nobody: it vanishes from the list. The production miner would compute it to the end. One look
     * may mislead, two in a row do not.
     */
    private void endCanceled() {
        Set<String> unwanted = new HashSet<>(parts.bench().ids());
        if (unwanted.isEmpty()) {
            suspects = Set.of();
            return;
        }
        try {
            JobList.Excerpt list = JobList.recent(parts.client(), unwanted, scope);
            if (!list.complete()) {
                return;
            }
            for (MinerJob job : list.jobs()) {
                if (!ENDED.contains(job.view().state())) {
                    unwanted.remove(job.view().jobId());
                }
            }
        } catch (OpenClawException e) {
            if (e.code() == ErrorCode.CANCELED) {
                throw e;
            }
            return;
        }
        Set<String> before = suspects;
        suspects = Set.copyOf(unwanted);
        for (String id : unwanted) {
            if (before.contains(id)) {
                log.atInfo().addKeyValue("job", id).log("miner stops a job that is not wanted any more");
                parts.bench().cancel(id);
            }
        }
    }
}
