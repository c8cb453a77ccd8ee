package io.aitbc.openclaw.api.proof;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.Extension;
import io.aitbc.openclaw.api.OpenClawException;
import java.util.Optional;

/**
 * Keeps what can be shown of answers in an append-only log, and hands it out as bundles that others check without a host or a network. A
 * bundle shows who said what, and when in relation to other records; not that a model computed an answer.
 */
public interface ProofChain extends Extension {
    /**
     * Adds what is known of an answer; returns once it is on disk.
     *
     * @throws OpenClawException with {@link ErrorCode#INTERNAL} when it may not be on disk
     */
    ChainPlace append(AnswerRecord answer);

    /**
     * What can be shown of a job or request, as one JSON document; empty when nothing is known of it. Of several records the last.
     *
     * @throws OpenClawException with {@link ErrorCode#INTERNAL} when the log cannot be read
     */
    Optional<String> bundle(String jobOrRequestId);

    /** Checks a bundle of any host. Never throws for a bad document: the verdict says what is wrong with it. */
    BundleVerdict verify(String bundle, BundlePolicy policy);

    /** @throws OpenClawException with {@link ErrorCode#INTERNAL} when the log cannot be read */
    ChainHead head();
}
