package io.aitbc.openclaw.skills;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.LocalEngine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** What a model needs of an engine's memory. Remembers it for a while: an engine may have to ask somebody else. */
final class MemoryCheck {
    /**
     * @param need weights, context and buffers
     * @param allowed the most a model may need there
     */
    record Figures(OptionalLong need, OptionalLong allowed) {
        boolean fits(double headroom) {
            return need.isEmpty() || allowed.isEmpty() || need.getAsLong() * headroom <= allowed.getAsLong();
        }
    }

    private record Key(String engine, String model, OptionalInt numCtx) {}

    private record Known(Figures figures, Instant until) {}

    private static final Duration AGE = Duration.ofSeconds(10);
    private static final int MOST = 512;

    private final Map<Key, Known> known = new ConcurrentHashMap<>();
    private final OptionalLong cap;
    private final InstantSource clock;

    MemoryCheck(OptionalLong cap, InstantSource clock) {
        this.cap = cap;
        this.clock = clock;
    }

    Figures figures(LocalEngine engine, String model, OptionalInt numCtx) {
        Key key = new Key(engine.id(), model, numCtx);
        Instant now = clock.instant();
        Known before = known.get(key);
        if (before != null && now.isBefore(before.until())) {
            return before.figures();
        }
        Figures figures = ask(engine, model, numCtx);
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(key, new Known(figures, now.plus(AGE)));
        return figures;
    }

    private Figures ask(LocalEngine engine, String model, OptionalInt numCtx) {
        try {
            return new Figures(engine.memoryNeedBytes(model, numCtx), smaller(engine.memoryBytes(), cap));
        } catch (OpenClawException e) {
            // Without an estimate the engine gets its chance; when it cannot, it fails before the first byte.
            return new Figures(OptionalLong.empty(), OptionalLong.empty());
        }
    }

    private static OptionalLong smaller(OptionalLong one, OptionalLong other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return OptionalLong.of(Math.min(one.getAsLong(), other.getAsLong()));
    }
}
