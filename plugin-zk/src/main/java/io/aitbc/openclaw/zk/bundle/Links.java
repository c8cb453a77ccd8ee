package io.aitbc.openclaw.zk.bundle;

import io.aitbc.openclaw.api.proof.BundlePolicy;
import io.aitbc.openclaw.api.proof.LinkVerdict;

/** Verdicts on the links of a bundle. */
final class Links {
    static final String LOCAL = "local";
    static final String RECEIPT = "receipt";
    static final String PROOF = "proof";
    static final String LINK = "link";
    static final String LOG = "log";
    static final String CHECKPOINT = "checkpoint";
    static final String CONSISTENCY = "consistency";
    static final String PRICE = "price";
    static final String POLICY = "policy";

    private Links() {}

    static LinkVerdict holds(String link, String reason) {
        return new LinkVerdict(link, LinkVerdict.State.HOLDS, reason);
    }

    static LinkVerdict fails(String link, String reason) {
        return new LinkVerdict(link, LinkVerdict.State.FAILS, reason);
    }

    /** It is not there, which is bad when it is needed or the policy requires it. */
    static LinkVerdict missing(String link, BundlePolicy policy, boolean needed, String reason) {
        boolean fails = needed || policy.required().contains(link);
        return new LinkVerdict(link, fails ? LinkVerdict.State.FAILS : LinkVerdict.State.ABSENT, reason);
    }

    /** What stands in a bundle may be anything. */
    static String shown(String text) {
        String line = text.replaceAll("[^\\x21-\\x7e]", "?");
        return line.length() <= 80 ? line : line.substring(0, 80) + "…";
    }
}
