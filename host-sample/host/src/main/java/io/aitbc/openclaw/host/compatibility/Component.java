package io.aitbc.openclaw.host.compatibility;

import java.util.List;
import java.util.Optional;

/**
 * A program the host meets.
 *
 * @param id short, for machines
 * @param name for people
 * @param kind whether the host uses it or is used by it
 * @param scheme how its versions are written
 * @param agents how it names itself in {@code User-Agent}, without the version
 * @param floor the lowest version that is good enough
 * @param tested what was tested; at least one; names from the newest to the oldest
 * @param bad versions known not to work
 */
public record Component(
        String id,
        String name,
        Kind kind,
        Scheme scheme,
        List<String> agents,
        Optional<Floor> floor,
        List<Tested> tested,
        List<Bad> bad) {
    /** Which side it is on. */
    public enum Kind {
        SERVER,
        CLIENT
    }

    /** How versions are written. */
    public enum Scheme {
        /** As semver.org 2.0.0; a leading {@code v} and a missing third number are forgiven. */
        SEMVER,
        /** Names, in the order in which they stand in the table. */
        NAME
    }

    /**
     * The lowest version that is good enough.
     *
     * @param reason what is wrong with older ones
     * @param reference where that can be read
     */
    public record Floor(String version, String reason, String reference) {}

    /**
     * A version that was tested.
     *
     * @param how what was done with it
     */
    public record Tested(String version, String how) {}

    /**
     * Versions that do not work.
     *
     * @param range such as {@code >=1.2.0 & <1.2.3}; a name for {@link Scheme#NAME}
     * @param reason what goes wrong
     */
    public record Bad(String range, String reason) {}

    public Component {
        agents = List.copyOf(agents);
        tested = List.copyOf(tested);
        bad = List.copyOf(bad);
    }
}
