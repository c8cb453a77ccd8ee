package io.aitbc.openclaw.host;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Tells slips in the names of environment variables from variables of others: OpenClaw itself has the same prefix. */
final class Variables {
    private static final int MOST_SLIPS = 2;
    private static final int LONG_ENOUGH = 4;

    /** Of the launcher and of OpenClaw, without the prefix. */
    private static final Set<String> OTHERS = Set.of(
            "CONFIG",
            "JAVA_OPTS",
            "PREPARE_START",
            "RECORD_START",
            "CONFIG_PATH",
            "CONFIG_DIR",
            "STATE_DIR",
            "HOME",
            "PROFILE",
            "PATH",
            "ROOT",
            "SHELL",
            "THEME",
            "VERSION");

    private Variables() {}

    /**
     * The name that was meant, when a name that means nothing is near enough to one that does.
     *
     * @param name without the prefix
     * @param known all that mean something, without the prefix
     */
    static Optional<String> meant(String name, Collection<String> known) {
        if (known.contains(name) || OTHERS.contains(name)) {
            return Optional.empty();
        }
        return known.stream()
                .filter(candidate -> distance(name, candidate) <= Math.min(MOST_SLIPS, candidate.length() / 3)
                        || isPart(name, candidate)
                        || isPart(candidate, name))
                .min((one, other) -> Integer.compare(distance(name, one), distance(name, other)));
    }

    /** {@code DATA_DIR} of {@code DATA_DIRECTORY}, {@code OLLAMA} of {@code OLLAMA_URL}. */
    private static boolean isPart(String part, String whole) {
        return part.length() >= LONG_ENOUGH && whole.startsWith(part);
    }

    /** After Levenshtein, where two neighbours that changed places count once. */
    private static int distance(String one, String other) {
        int[][] costs = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                costs[i][j] = i == 0 || j == 0 ? i + j : cost(costs, one, i, other, j);
            }
        }
        return costs[one.length()][other.length()];
    }

    private static int cost(int[][] costs, String one, int i, String other, int j) {
        boolean same = one.charAt(i - 1) == other.charAt(j - 1);
        int best = Math.min(Math.min(costs[i - 1][j], costs[i][j - 1]) + 1, costs[i - 1][j - 1] + (same ? 0 : 1));
        boolean swapped =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(best, costs[i - 2][j - 2] + 1) : best;
    }
}
