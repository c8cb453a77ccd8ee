package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.host.compatibility.CompatibilityPolicy;
import io.aitbc.openclaw.host.compatibility.Judge;
import io.aitbc.openclaw.host.compatibility.Judgement;
import io.aitbc.openclaw.host.compatibility.Verdict;
import java.util.Map;

/** What the doctor thinks of versions. */
final class VersionChecks {
    private final Judge judge = Judge.shipped();
    private final CompatibilityPolicy policy;

    VersionChecks(CompatibilityPolicy policy) {
        this.policy = policy;
    }

    /** @param told the version as the component tells it */
    Check check(String name, String component, String told) {
        return check(name, judge.judge(component, told), "");
    }

    /** @param place what to add to what was found */
    Check check(String name, String component, String told, String place) {
        return check(name, judge.judge(component, told), " (" + place + ")");
    }

    private Check check(String name, Judgement judgement, String place) {
        String found = judgement.text() + place;
        if (judgement.verdict().bad()) {
            return policy == CompatibilityPolicy.REQUIRE
                    ? Check.failed(name, found + "; it is not used", judgement.advice())
                    : Check.warning(name, found, judgement.advice());
        }
        return judgement.verdict() == Verdict.UNKNOWN && !judgement.advice().isEmpty()
                ? Check.warning(name, found, judgement.advice())
                : Check.ok(name, found);
    }

    /** Which is no part of the host's work, so it never fails. */
    Check openClaw(Map<String, String> environment) {
        return InstalledOpenClaw.find(environment)
                .map(installed -> new VersionChecks(CompatibilityPolicy.WARN)
                        .check(
                                "openclaw",
                                SurroundingVersions.OPENCLAW,
                                installed.version(),
                                "in " + installed.folder()))
                .orElse(Check.ok("openclaw", "not on the PATH of this machine; it tells no version when it calls"));
    }
}
