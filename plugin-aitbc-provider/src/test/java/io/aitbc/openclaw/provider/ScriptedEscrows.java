package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.direct.Escrows;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A chain node's escrows, that lose and refuse as a test says. */
final class ScriptedEscrows implements Escrows {
    /** What happens to a call. */
    enum Fate {
        WORKS,
        LOST_BEFORE,
        LOST_AFTER,
        REFUSED
    }

    final List<String> calls = new CopyOnWriteArrayList<>();
    final Map<String, State> states = new ConcurrentHashMap<>();
    final Map<String, String> amounts = new ConcurrentHashMap<>();
    final Deque<Fate> creates = new ArrayDeque<>();
    final Deque<Fate> releases = new ArrayDeque<>();
    volatile boolean away;

    @Override
    public void create(String jobId, String payee, TokenAmount amount, CallScope scope) {
        calls.add("create");
        Fate fate = next(creates);
        before(fate);
        if (states.containsKey(jobId)) {
            throw OpenClawException.upstream(ErrorCode.PROVIDER_FAILED, 400, "Invalid contract inputs");
        }
        states.put(jobId, State.OPEN);
        amounts.put(jobId, payee + " " + amount);
        after(fate);
    }

    @Override
    public State state(String jobId, CallScope scope) {
        if (away) {
            throw lost();
        }
        return states.getOrDefault(jobId, State.ABSENT);
    }

    @Override
    public void release(String jobId, CallScope scope) {
        calls.add("release");
        Fate fate = next(releases);
        before(fate);
        states.put(jobId, State.RELEASED);
        after(fate);
    }

    @Override
    public void refund(String jobId, CallScope scope) {
        calls.add("refund");
        if (away) {
            throw lost();
        }
        states.put(jobId, State.REFUNDED);
    }

    private synchronized Fate next(Deque<Fate> fates) {
        return fates.isEmpty() ? Fate.WORKS : fates.poll();
    }

    private static void before(Fate fate) {
        if (fate == Fate.REFUSED) {
            throw OpenClawException.upstream(ErrorCode.PROVIDER_FAILED, 400, "Invalid contract inputs");
        }
        if (fate == Fate.LOST_BEFORE) {
            throw lost();
        }
    }

    private static void after(Fate fate) {
        if (fate == Fate.LOST_AFTER) {
            throw lost();
        }
    }

    private static OpenClawException lost() {
        return new OpenClawException(ErrorCode.UNREACHABLE, "the chain node is away");
    }
}
