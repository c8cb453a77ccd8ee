package io.aitbc.openclaw.skills;

import io.aitbc.openclaw.api.ErrorCategory;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.Placement;
import io.aitbc.openclaw.api.inference.RouteDecision;
import io.aitbc.openclaw.api.inference.RoutePlan;
import io.aitbc.openclaw.api.inference.RouteStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whom to ask, in which order.
 *
 * @param model as the client wrote it
 * @param networkNamed whether the client asked for a network by name
 * @param order to be asked one after the other
 * @param others have the model but are not asked
 * @param lookupFailures of providers that could not say whether they have the model
 */
record Plan(
        String model,
        boolean networkNamed,
        String reason,
        List<Candidate> order,
        List<Candidate> others,
        List<Failure> lookupFailures) {

    RoutePlan shown() {
        List<io.aitbc.openclaw.api.inference.RouteCandidate> rows = new ArrayList<>();
        order.forEach(candidate -> rows.add(candidate.shown(true)));
        others.forEach(candidate -> rows.add(candidate.shown(false)));
        return new RoutePlan(strategy(), reason, rows);
    }

    RouteDecision decision(Candidate answered, List<Failure> failures) {
        return new RouteDecision(
                strategy(),
                reason,
                answered.provider().id(),
                answered.model().name(),
                failures.stream().map(Failure::line).toList());
    }

    RouteStrategy strategy() {
        List<Candidate> meant = order.isEmpty() ? others : order;
        List<Placement> placements = meant.stream()
                .map(candidate -> candidate.model().placement())
                .distinct()
                .toList();
        if (placements.size() == 2) {
            return RouteStrategy.HYBRID;
        }
        return placements.equals(List.of(Placement.NETWORK)) ? RouteStrategy.AITBC : RouteStrategy.LOCAL;
    }

    /** Whether a failure leaves the next candidate a chance, and the client's wish allows it. */
    boolean mayMoveOn(ErrorCode code) {
        // Who asked for a network by name has to learn that the money is used up, not get another model instead.
        boolean refusedByBudget = networkNamed && code.category() == ErrorCategory.BUDGET;
        return code.mayWorkElsewhere() && !refusedByBudget;
    }

    /** Why nobody can be asked. */
    OpenClawException refusal() {
        return others.stream()
                .flatMap(candidate -> candidate.refusal().stream())
                .findFirst()
                .or(() -> lookupFailures.stream().map(Failure::cause).findFirst())
                .orElseGet(() -> Failure.notFound(model));
    }

    static Plan nobody(String model, List<Failure> lookupFailures) {
        return new Plan(model, false, "nobody has it", List.of(), List.of(), lookupFailures);
    }

    Stream<String> lookupFailureLines() {
        return lookupFailures.stream().map(Failure::line);
    }
}
