package io.aitbc.openclaw.zk;

import static org.junit.jupiter.api.Assumptions.abort;

import java.util.Map;

/** What results are compared with, and what is made of it where it is not there. */
public final class Oracle {
    private Oracle() {}

    /** Aborts the test, with the reason. In continuous integration it fails: what is skipped there for long is noticed by nobody. */
    public static <T> T missing(String why) {
        return missing(why, System.getenv());
    }

    static <T> T missing(String why, Map<String, String> environment) {
        if (environment.getOrDefault("CI", "").equals("true")) {
            throw new AssertionError("CI is true, and " + why);
        }
        return abort(why);
    }
}
