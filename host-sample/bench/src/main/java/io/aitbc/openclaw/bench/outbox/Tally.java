package io.aitbc.openclaw.bench.outbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What arrived at the receiver, which refuses nothing by itself: whoever sends twice is counted twice. */
final class Tally {
    private final int[][] arrivals;
    private final int[][] fences;
    private final int[] expected;
    private int disordered;

    Tally(int lanes, int perLane) {
        arrivals = new int[lanes][perLane];
        fences = new int[lanes][perLane];
        expected = new int[lanes];
    }

    /** Whether it arrived; from now on attempts before this one come too late. */
    synchronized boolean look(Operation operation, int attempt) {
        int[] lane = fences[operation.lane()];
        lane[operation.number()] = Math.max(lane[operation.number()], attempt);
        return arrivals[operation.lane()][operation.number()] > 0;
    }

    /** False for an attempt that was given up before it came, which a network may hold back for long. */
    synchronized boolean take(Operation operation, int attempt) {
        if (attempt < fences[operation.lane()][operation.number()]) {
            return false;
        }
        if (arrivals[operation.lane()][operation.number()]++ == 0) {
            if (operation.number() != expected[operation.lane()]) {
                disordered++;
            }
            expected[operation.lane()] = operation.number() + 1;
        }
        return true;
    }

    synchronized long arrivedOnce() {
        return count(1, 1);
    }

    synchronized long arrived() {
        return count(1, Integer.MAX_VALUE);
    }

    synchronized long doubled() {
        return count(2, Integer.MAX_VALUE);
    }

    private long count(int least, int most) {
        return Arrays.stream(arrivals)
                .flatMapToInt(Arrays::stream)
                .filter(times -> times >= least && times <= most)
                .count();
    }

    /** First arrivals that came before or after their turn in their lane. */
    synchronized int disordered() {
        return disordered;
    }

    /** Of those that were acknowledged to their sender. */
    synchronized List<String> lost(int[] acknowledged) {
        List<String> lost = new ArrayList<>();
        for (int lane = 0; lane < acknowledged.length; lane++) {
            for (int number = 0; number < acknowledged[lane]; number++) {
                if (arrivals[lane][number] == 0) {
                    lost.add(new Operation(lane, number).key());
                }
            }
        }
        return lost;
    }
}
