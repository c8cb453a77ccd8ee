package io.aitbc.openclaw.zk.bundle;

import io.aitbc.openclaw.api.proof.LinkVerdict;
import io.aitbc.openclaw.zk.log.Checkpoint;
import io.aitbc.openclaw.zk.log.MerkleProofs;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/** Whether the log of a host only grew: a log that was put back, cut, or exchanged for another one does not follow from what it was. */
final class LogGrowth {
    private final String hostKey;
    private final byte[] publicKey;

    /** @param hostKey Base64url, 43 characters */
    LogGrowth(String hostKey) {
        this.hostKey = hostKey;
        this.publicKey = Base64.getUrlDecoder().decode(hostKey);
    }

    /**
     * @param kept checkpoint that somebody kept from earlier
     * @param shown what is said to lead from an earlier checkpoint to the one of now
     */
    LinkVerdict verdict(Optional<String> kept, Optional<Bundle.Growth> shown, Checkpoint now) {
        Optional<Checkpoint> known = kept.flatMap(this::verified);
        if (kept.isPresent() && known.isEmpty()) {
            return fails("the checkpoint that was kept is not signed by host key " + hostKey);
        }
        Optional<Checkpoint> earlier = shown.flatMap(growth -> verified(growth.earlier()));
        if (shown.isPresent()
                && earlier.filter(it -> follows(it, now, shown.get())).isEmpty()) {
            return fails("what it says of an earlier log does not lead to the log in its checkpoint");
        }
        return known.map(it -> verdict(it, earlier, now))
                .or(() -> earlier.map(LogGrowth::holds))
                .orElseGet(() -> fails("it shows of no earlier log that it only grew"));
    }

    private static LinkVerdict verdict(Checkpoint known, Optional<Checkpoint> earlier, Checkpoint now) {
        if (known.size() > now.size()) {
            return fails("its log has %,d records, and had %,d before: it was put back or cut, or this was made earlier"
                    .formatted(now.size(), known.size()));
        }
        Optional<Checkpoint> then =
                known.size() == now.size() ? Optional.of(now) : earlier.filter(it -> it.size() == known.size());
        if (then.isEmpty()) {
            return fails("it does not show that the log only grew since it had %,d records: ask for it with --since"
                    .formatted(known.size()));
        }
        return MessageDigest.isEqual(then.get().root(), known.root())
                ? holds(known)
                : fails("its log had other records among the first %,d: it was exchanged or forked"
                        .formatted(known.size()));
    }

    private static boolean follows(Checkpoint earlier, Checkpoint now, Bundle.Growth growth) {
        return new MerkleProofs().follows(earlier.size(), earlier.root(), now.size(), now.root(), growth.path());
    }

    private Optional<Checkpoint> verified(String note) {
        return Checkpoint.verified(note, publicKey);
    }

    private static LinkVerdict holds(Checkpoint earlier) {
        return Links.holds(Links.CONSISTENCY, "the log only grew since it had %,d records".formatted(earlier.size()));
    }

    private static LinkVerdict fails(String reason) {
        return Links.fails(Links.CONSISTENCY, reason);
    }
}
