package io.aitbc.openclaw.engine.json;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads bytes by a grammar. A state is the set of all stacks the grammar could be in; stacks and states are kept once and
 * transitions are remembered, so that only new situations cost time. Not for several threads.
 */
final class Automaton {
    private static final int BOTTOM = -1;
    private static final int MOST_STATES = 200_000;

    private final Grammar grammar;
    private final Map<Long, Integer> stackIds = new HashMap<>();
    private final Map<StackSet, State> states = new HashMap<>();
    private int[] places = new int[64];
    private int[] parents = new int[64];
    private final State dead;
    private final State start;

    private record StackSet(int[] stacks) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof StackSet set && Arrays.equals(stacks, set.stacks);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(stacks);
        }
    }

    /** A situation while reading. */
    static final class State {
        private final int[] stacks;
        private final @Nullable State[] next = new @Nullable State[256];

        State(int[] stacks) {
            this.stacks = stacks;
        }

        /** Whether what was read may end here. */
        boolean complete() {
            return stacks.length > 0 && stacks[0] == BOTTOM;
        }

        /** Whether nothing can follow that the grammar allows. */
        boolean dead() {
            return stacks.length == 0;
        }

        /** Whether the only thing that can follow is the end. */
        boolean finished() {
            return stacks.length == 1 && stacks[0] == BOTTOM;
        }
    }

    Automaton(Grammar grammar) {
        this.grammar = grammar;
        dead = state(new TreeSet<>());
        Set<Integer> stacks = new TreeSet<>();
        Set<Long> seen = new HashSet<>();
        for (int place : grammar.alternatives(grammar.root())) {
            expand(place, BOTTOM, stacks, seen);
        }
        start = state(stacks);
    }

    State start() {
        return start;
    }

    State next(State state, int unsignedByte) {
        State known = state.next[unsignedByte];
        if (known == null) {
            known = compute(state, unsignedByte);
            state.next[unsignedByte] = known;
        }
        return known;
    }

    private State compute(State state, int unsignedByte) {
        Set<Integer> stacks = new TreeSet<>();
        Set<Long> seen = new HashSet<>();
        for (int stack : state.stacks) {
            if (stack != BOTTOM && grammar.accepts(grammar.symbol(places[stack]), unsignedByte)) {
                expand(places[stack] + 1, parents[stack], stacks, seen);
            }
        }
        return stacks.isEmpty() ? dead : state(stacks);
    }

    /** Collects the stacks, each with a set of bytes on top, that a place leads to. */
    private void expand(int place, int parent, Set<Integer> stacks, Set<Long> seen) {
        if (!seen.add(key(place, parent))) {
            return;
        }
        int symbol = grammar.symbol(place);
        if (symbol == Grammar.END) {
            if (parent == BOTTOM) {
                stacks.add(BOTTOM);
            } else {
                expand(places[parent], parents[parent], stacks, seen);
            }
        } else if (symbol < 0) {
            stacks.add(stack(place, parent));
        } else {
            int behind = grammar.symbol(place + 1) == Grammar.END ? parent : stack(place + 1, parent);
            for (int alternative : grammar.alternatives(symbol)) {
                expand(alternative, behind, stacks, seen);
            }
        }
    }

    private int stack(int place, int parent) {
        return stackIds.computeIfAbsent(key(place, parent), key -> {
            int id = stackIds.size();
            if (id == places.length) {
                places = Arrays.copyOf(places, id * 2);
                parents = Arrays.copyOf(parents, id * 2);
            }
            places[id] = place;
            parents[id] = parent;
            return id;
        });
    }

    private State state(Set<Integer> stacks) {
        if (states.size() >= MOST_STATES) {
            throw new SchemaException("the format is too complicated to follow");
        }
        int[] ids = stacks.stream().mapToInt(Integer::intValue).toArray();
        return states.computeIfAbsent(new StackSet(ids), set -> new State(set.stacks()));
    }

    private static long key(int place, int parent) {
        return ((long) place << 32) | (parent & 0xffff_ffffL);
    }
}
