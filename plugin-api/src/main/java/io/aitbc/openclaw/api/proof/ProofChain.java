package io.aitbc.openclaw.api.proof;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.Extension;
import io.aitbc.openclaw.api.OpenClawException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps what can be shown of answers in an append-only log, and hands it out as bundles that others check without a host or a network. A
 * bundle shows who said what, and when in relation to other records; not that a model computed an answer.
 */
public interface ProofChain extends Extension {
    /**
     * Adds what is known of an answer; returns once it is on disk.
     *
     * @throws OpenClawException with {@link ErrorCode#INTERNAL} when it could not be brought to disk; it may be tried again
     */
    ChainPlace append(AnswerRecord answer);

    /**
     * What can be shown of a job or request, as one JSON document; empty when nothing is known of it. Of several records the last.
     *
     * @throws OpenClawException with {@link ErrorCode#INTERNAL} when the log cannot be read
     */
    default Optional<String> bundle(String jobOrRequestId) {
        return bundle(jobOrRequestId, OptionalLong.empty());
    }

    /**
     * The same, with what shows that the log only grew since it had so many records, for those who kept a checkpoint of it then.
     *
     * @throws OpenClawException with {@link ErrorCode#INTERNAL} when the log cannot be read, with {@link ErrorCode#INVALID_REQUEST}
     *     when it has fewer records
     */
    Optional<String> bundle(String jobOrRequestId, OptionalLong since);

    /**
     * A bundle with a proof about the answer's price in it, in place of one that was there.
     *
     * @param bundle of any host
     * @param proof as {@link GeneratedProof#evidence} writes it
     * @throws OpenClawException with {@link ErrorCode#INVALID_REQUEST} for what is no bundle, for a proof that does not hold, and for one that is not about the
     *     bundle's answer; {@link ErrorCode#UNSUPPORTED} when this chain knows no such proofs
     */
    default String withPrice(String bundle, String proof) {
        throw new OpenClawException(ErrorCode.UNSUPPORTED, "This proof chain takes no proofs into its bundles");
    }

    /** Checks a bundle of any host. Never throws for a bad document: the verdict says what is wrong with it. */
    BundleVerdict verify(String bundle, BundlePolicy policy);

    /** @throws OpenClawException with {@link ErrorCode#INTERNAL} when the log cannot be read */
    ChainHead head();

    /**
     * Records in the order of the log.
     *
     * @param first index of the first
     * @param most how many at most
     * @throws OpenClawException with {@link ErrorCode#INTERNAL} when the log cannot be read
     */
    List<ChainRecord> records(long first, int most);

    /**
     * What shows that the log only grew since it had so many records.
     *
     * @throws OpenClawException with {@link ErrorCode#INTERNAL} when the log cannot be read, with {@link ErrorCode#INVALID_REQUEST}
     *     when it has fewer records
     */
    ConsistencyProof consistency(long since);

    /**
     * Checks that the log of any host only grew since a checkpoint of it was kept. Never throws for a bad document: the verdict says
     * what is wrong with it.
     */
    LinkVerdict verify(String keptCheckpoint, ConsistencyProof proof);
}
