package io.aitbc.openclaw.skills;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why a route was chosen, in one line for people. */
final class Reasons {
    private Reasons() {}

    static String of(boolean networkNamed, List<Candidate> order, List<Candidate> others) {
        if (order.isEmpty()) {
            return "nobody may be asked: " + notes(others);
        }
        String then = order.size() == 1
                ? ""
                : "; then " + order.stream().skip(1).map(Reasons::name).collect(Collectors.joining(", then "));
        return main(networkNamed, order, others) + then;
    }

    private static String main(boolean networkNamed, List<Candidate> order, List<Candidate> others) {
        Candidate first = order.getFirst();
        if (first.fitness() == Candidate.Fitness.DOUBTFUL) {
            return "%s has it but %s; nobody else can do better"
                    .formatted(first.provider().id(), first.note());
        }
        Optional<Candidate> unfit = others.stream()
                .filter(candidate -> candidate.isLocal() != first.isLocal())
                .findFirst();
        if (first.isLocal()) {
            return networkNamed
                    ? "%s instead of the network: %s"
                            .formatted(
                                    first.provider().id(),
                                    unfit.map(Candidate::note).orElse("it does not answer"))
                    : "local first: %s has %s"
                            .formatted(first.provider().id(), first.model().name());
        }
        String network = first.provider().id() + first.priceText();
        if (networkNamed) {
            return "asked for by name: " + network;
        }
        if (order.stream().anyMatch(Candidate::isLocal)) {
            return "no local engine answered lately: %s first".formatted(network);
        }
        return unfit.map(local -> "%s: %s %s; %s instead"
                        .formatted(local.provider().id(), local.model().name(), local.note(), network))
                .orElse("not here: " + network);
    }

    private static String name(Candidate candidate) {
        return candidate.provider().id() + candidate.priceText();
    }

    private static String notes(List<Candidate> candidates) {
        return candidates.stream()
                .map(candidate -> candidate.provider().id() + ": " + candidate.note())
                .collect(Collectors.joining("; "));
    }
}
