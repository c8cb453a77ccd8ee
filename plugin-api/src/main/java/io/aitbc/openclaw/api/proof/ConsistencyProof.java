package io.aitbc.openclaw.api.proof;

import java.util.List;

/**
 * What shows that a log only grew (RFC 9162, section 2.1.4).
 *
 * @param earlier checkpoint of the log when it was smaller (C2SP tlog-checkpoint)
 * @param path hashes that lead from the one root to the other, Base64
 * @param head of the log now
 */
public record ConsistencyProof(String earlier, List<String> path, ChainHead head) {
    public ConsistencyProof {
        path = List.copyOf(path);
    }
}
