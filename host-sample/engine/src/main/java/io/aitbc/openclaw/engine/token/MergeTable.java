package io.aitbc.openclaw.engine.token;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/** Merges neighbouring symbols of a word, the pair with the lowest rank first and the leftmost of equals. */
final class MergeTable {
    private final Map<Long, Merge> merges = new HashMap<>();

    private record Merge(int rank, int result) {}

    private record Candidate(int rank, int left, int right, int leftSymbol, int rightSymbol)
            implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate other) {
            int byRank = Integer.compare(rank, other.rank);
            return byRank != 0 ? byRank : Integer.compare(left, other.left);
        }
    }

    /** @return false when the pair has a rank already */
    boolean add(int left, int right, int rank, int result) {
        return merges.putIfAbsent(pair(left, right), new Merge(rank, result)) == null;
    }

    /** @return the symbols that remain */
    int[] apply(int[] symbols) {
        Word word = new Word(symbols.clone());
        for (int i = 0; i + 1 < symbols.length; i++) {
            word.offer(i);
        }
        while (!word.queue.isEmpty()) {
            word.merge(word.queue.remove());
        }
        return word.remaining();
    }

    private static long pair(int left, int right) {
        return ((long) left << 32) | right;
    }

    /** The symbols of a word as a doubly linked list over positions. */
    private final class Word {
        private static final int GONE = -1;

        private final int[] symbols;
        private final int[] next;
        private final int[] previous;
        private final PriorityQueue<Candidate> queue = new PriorityQueue<>();

        Word(int[] symbols) {
            this.symbols = symbols;
            next = new int[symbols.length];
            previous = new int[symbols.length];
            for (int i = 0; i < symbols.length; i++) {
                next[i] = i + 1;
                previous[i] = i - 1;
            }
        }

        void offer(int left) {
            int right = left < 0 ? symbols.length : next[left];
            if (right >= symbols.length) {
                return;
            }
            Merge merge = merges.get(pair(symbols[left], symbols[right]));
            if (merge != null) {
                queue.add(new Candidate(merge.rank, left, right, symbols[left], symbols[right]));
            }
        }

        void merge(Candidate candidate) {
            int left = candidate.left;
            int right = candidate.right;
            if (symbols[left] != candidate.leftSymbol
                    || symbols[right] != candidate.rightSymbol
                    || next[left] != right) {
                return;
            }
            Merge merge = merges.get(pair(symbols[left], symbols[right]));
            if (merge == null) {
                return;
            }
            symbols[left] = merge.result;
            symbols[right] = GONE;
            next[left] = next[right];
            if (next[right] < symbols.length) {
                previous[next[right]] = left;
            }
            offer(previous[left]);
            offer(left);
        }

        int[] remaining() {
            return Arrays.stream(symbols).filter(symbol -> symbol != GONE).toArray();
        }
    }
}
