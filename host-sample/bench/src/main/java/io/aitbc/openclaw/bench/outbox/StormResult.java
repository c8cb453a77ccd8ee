package io.aitbc.openclaw.bench.outbox;

import java.util.List;

/**
 * What arrived in a storm.
 *
 * @param operations how many there were
 * @param once how many of them arrived exactly once
 * @param doubled how many arrived more than once
 * @param disordered how many came before or after their turn in their lane
 * @param lost keys of those that were acknowledged and never arrived
 * @param kills how often the sending process was killed
 * @param faults requests that did not get their answer
 */
record StormResult(int operations, long once, long doubled, int disordered, List<String> lost, int kills, long faults) {
    double percent() {
        return 100.0 * once / operations;
    }
}
