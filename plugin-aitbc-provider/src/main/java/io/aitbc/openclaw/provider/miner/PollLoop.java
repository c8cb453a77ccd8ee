package io.aitbc.openclaw.provider.miner;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.provider.coordinator.Backoff;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.coordinator.MinerClient;
import io.aitbc.openclaw.provider.coordinator.MinerJob;
import io.aitbc.openclaw.provider.coordinator.MinerReply;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers, takes up what an earlier life left, and asks for jobs, until its scope is canceled. */
final class PollLoop implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(PollLoop.class);

    /** The network takes 50 results a minute from one address. */
    private static final Duration SHORTEST_CADENCE = Duration.ofMillis(1300);

    /** While it waits for one it does not hear that it is to stop. */
    private static final Duration LONGEST_WAIT_FOR_A_PLACE = Duration.ofMillis(200);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration RATE_LIMIT_WINDOW = Duration.ofMinutes(1);

    private final MinerClient client;
    private final MinerSettings settings;
    private final OfferedModels models;
    private final Registration registration;
    private final Workbench bench;
    private final DailyUse daily;
    private final Tally tally;
    private final JobReader reader;
    private final Backoff backoff;
    private final InstantSource clock;
    private final CallScope scope;

    private final Deque<Intake> leftovers = new ArrayDeque<>();
    private boolean searchLeftovers = true;
    private long reportedEnds;
    private int failures;

    PollLoop(MinerParts parts, CallScope scope) {
        this.client = parts.client();
        this.settings = parts.settings();
        this.models = parts.models();
        this.registration = parts.registration();
        this.bench = parts.bench();
        this.daily = parts.daily();
        this.tally = parts.tally();
        this.reader = new JobReader(settings.limits().promptBytes());
        this.backoff = parts.backoff();
        this.clock = parts.clock();
        this.scope = scope;
    }

    @Override
    public void run() {
        while (!scope.isCanceled()) {
            try {
                scope.pause(step());
            } catch (OpenClawException e) {
                if (e.code() == ErrorCode.CANCELED) {
                    return;
                }
                pauseAfter(e.getMessage());
            } catch (RuntimeException e) {
                log.atError().setCause(e).log("miner cannot poll");
                pauseAfter("an internal failure, see the log");
            }
        }
    }

    private void pauseAfter(String reason) {
        // An answer nobody could read may have been a job.
        searchLeftovers = true;
        try {
            scope.pause(away(reason));
        } catch (OpenClawException e) {
            log.atTrace().log("miner stops polling");
        }
    }

    /** @return how long to wait before the next step */
    private Duration step() {
        if (registration.known().isEmpty()) {
            Optional<Duration> pause = register();
            if (pause.isPresent()) {
                return pause.get();
            }
        }
        if (searchLeftovers) {
            searchLeftovers();
        }
        if (!bench.reserve(shorter(settings.pollInterval(), LONGEST_WAIT_FOR_A_PLACE))) {
            return Duration.ZERO;
        }
        boolean used = false;
        try {
            Optional<Intake> job = Optional.ofNullable(leftovers.poll()).filter(left -> !bench.knows(left.jobId()));
            Duration pause = Duration.ZERO;
            if (job.isEmpty() && leftovers.isEmpty()) {
                if (daily.exhausted()) {
                    tally.resting("enough for today: " + daily.text());
                    return backoff.spread(settings.pollInterval());
                }
                Poll poll = poll();
                job = poll.job();
                pause = poll.pause();
            }
            if (job.isPresent()) {
                used = true;
                bench.start(job.get());
            }
            return pause;
        } finally {
            if (!used) {
                bench.release();
            }
        }
    }

    /** @return how long to wait, when it did not succeed */
    private Optional<Duration> register() {
        List<String> present = models.present();
        tally.offering(present);
        if (present.isEmpty()) {
            tally.trouble("none of the models of miner.models is there");
            return Optional.of(backoff.spread(settings.pollInterval()));
        }
        MinerReply reply = registration.register(present, scope);
        if (!reply.done()) {
            return Optional.of(refused("registering", reply));
        }
        failures = 0;
        tally.well();
        log.atInfo()
                .addKeyValue("miner", client.minerId())
                .addKeyValue("models", present)
                .log("miner registered");
        return Optional.empty();
    }

    /**
     * The network never queues a job again: what it believes to be running here, and is not, would wait for its expiry.
     * That is so after a crash, and after an answer to a poll was lost.
     */
    private void searchLeftovers() {
        try {
            for (MinerJob job : JobList.running(client, scope).reversed()) {
                String id = job.view().jobId();
                boolean expired = job.view()
                        .expiresAt()
                        .filter(end -> end.isBefore(clock.instant()))
                        .isPresent();
                if (expired
                        || bench.knows(id)
                        || leftovers.stream().anyMatch(left -> left.jobId().equals(id))) {
                    continue;
                }
                log.atInfo().addKeyValue("job", id).log("miner takes up a job that was left running");
                leftovers.add(job.payload()
                        .map(payload -> reader.payload(id, payload))
                        .orElseGet(() -> new Intake.Refused(
                                id, FailureCode.MINER_STOPPED, "The miner was restarted and does not know the job")));
            }
            searchLeftovers = false;
        } catch (OpenClawException e) {
            if (e.code() == ErrorCode.CANCELED) {
                throw e;
            }
            searchLeftovers = !JobList.missing(e);
            log.atInfo().addKeyValue("reason", e.getMessage()).log("miner cannot see what was left running");
        }
    }

    private record Poll(Optional<Intake> job, Duration pause) {}

    private Poll poll() {
        long ends = tally.ended();
        if (ends != reportedEnds) {
            // Its result may still be on its way, and until then the coordinator believes this miner to be busy.
            registration.heartbeat(scope);
            reportedEnds = ends;
        }
        MinerReply reply = client.poll(scope);
        if (!(reply instanceof MinerReply.Answered answered) || !answered.ok()) {
            return new Poll(Optional.empty(), refused("polling", reply));
        }
        failures = 0;
        tally.polled(clock.instant());
        if (answered.status() == 204 || answered.body().isBlank()) {
            return new Poll(Optional.empty(), backoff.spread(settings.pollInterval()));
        }
        Optional<Intake> job = reader.assigned(answered.body());
        if (job.isEmpty()) {
            searchLeftovers = true;
            return new Poll(Optional.empty(), away("the answer to a poll cannot be read"));
        }
        return new Poll(job, shorter(settings.pollInterval(), SHORTEST_CADENCE));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Duration refused(String what, MinerReply reply) {
        return switch (reply) {
            case MinerReply.Silent silent -> {
                searchLeftovers |= silent.sent();
                yield away(silent.text());
            }
            case MinerReply.Answered answered -> {
                String told =
                        "the coordinator answered %d to %s: %s".formatted(answered.status(), what, answered.text());
                yield switch (answered.status()) {
                    case 401, 403 -> {
                        tally.trouble("check miner.key: " + told);
                        yield backoff.spread(LONGEST_PAUSE);
                    }
                    case 429 -> {
                        tally.trouble(told);
                        yield backoff.atLeast(answered.retryAfter().orElse(RATE_LIMIT_WINDOW));
                    }
                    default -> {
                        // One that does not know this miner says 404, or 500 to a poll; but 500 may also follow a poll
                        // that gave a job away.
                        registration.lost();
                        searchLeftovers |= answered.status() >= 500;
                        yield away(told);
                    }
                };
            }
        };
    }

    private Duration away(String reason) {
        tally.trouble(reason);
        log.atDebug().addKeyValue("reason", reason).log("miner waits for the coordinator");
        return backoff.exponential(failures++, settings.pollInterval(), LONGEST_PAUSE);
    }
}
