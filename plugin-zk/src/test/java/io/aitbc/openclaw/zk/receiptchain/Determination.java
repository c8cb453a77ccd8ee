package io.aitbc.openclaw.zk.receiptchain;

import io.aitbc.openclaw.zk.bn254.Fr;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Works out signals from others: where all but one signal of a constraint are known, and it is linear in that one with a factor that is not zero, there is
 * one value for it.
 */
final class Determination {
    private final ConstraintSystem system;
    private final @Nullable Fr[] known;
    private final Deque<ConstraintSystem.Constraint> open = new ArrayDeque<>();

    /** @param known by signal; null for those to be worked out */
    Determination(ConstraintSystem system, @Nullable Fr[] known) {
        this.system = system;
        this.known = known.clone();
        open.addAll(system.constraints);
    }

    /** Signals by number; null for those that are not determined. */
    @Nullable
    Fr[] run() {
        while (!open.isEmpty()) {
            ConstraintSystem.Constraint constraint = open.removeFirst();
            int[] unknown = constraint.sides().stream()
                    .flatMap(List::stream)
                    .mapToInt(ConstraintSystem.Term::signal)
                    .filter(signal -> known[signal] == null)
                    .distinct()
                    .toArray();
            if (unknown.length == 1) {
                determine(constraint, unknown[0]);
            }
        }
        return known;
    }

    /** With a = a0 + a1 x and so on, a b - c has no square of x and is zero for one x. */
    private void determine(ConstraintSystem.Constraint constraint, int signal) {
        Fr[] a = linear(constraint.a(), signal);
        Fr[] b = linear(constraint.b(), signal);
        Fr[] c = linear(constraint.c(), signal);
        Fr factor = a[0].multiply(b[1]).add(a[1].multiply(b[0])).subtract(c[1]);
        if (a[1].multiply(b[1]).isZero() && !factor.isZero()) {
            known[signal] = c[0].subtract(a[0].multiply(b[0])).multiply(factor.inverse());
            open.addAll(system.bySignal.get(signal));
        }
    }

    private Fr[] linear(List<ConstraintSystem.Term> terms, int signal) {
        Fr constant = Fr.ZERO;
        Fr factor = Fr.ZERO;
        for (ConstraintSystem.Term term : terms) {
            Fr value = known[term.signal()];
            if (term.signal() == signal || value == null) {
                factor = factor.add(term.coefficient());
            } else {
                constant = constant.add(term.coefficient().multiply(value));
            }
        }
        return new Fr[] {constant, factor};
    }
}
