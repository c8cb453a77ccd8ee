package io.aitbc.openclaw.zk.evidence;

import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.receiptchain.HostRoot;
import io.aitbc.openclaw.zk.receiptchain.ReceiptRoot;
import io.aitbc.openclaw.zk.receiptchain.ReceiptTree;
import io.aitbc.openclaw.zk.snarkjs.SnarkjsObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what a host signed about the tree that a proof is about, and checks it against what the reader kept from earlier. */
final class RootReader {
    private static final Set<String> MEMBERS = Set.of("host_key", "note", "since", "path", "kept");
    private static final int MOST_RECEIPTS = 1 << 20;
    private static final int MOST_LEVELS = 10;
    private static final int MOST_CHILDREN = 4;

    /** From a tree with so many receipts. */
    private record Growth(int since, List<List<Fr>> path) {}

    private RootReader() {}

    static HostRoot read(Json value) throws MalformedDocumentException {
        SnarkjsObject root = SnarkjsObject.of("the root", value).only(MEMBERS);
        HostRoot signed = HostRoot.of(root.text("host_key"), root.text("note"))
                .orElseThrow(
                        () -> new MalformedDocumentException("its root is not signed by the host key that it names"));
        Optional<Growth> growth = growth(root);
        if (root.members().get("kept").isEmpty()) {
            return signed;
        }
        ReceiptRoot kept = signed.signed(root.text("kept"))
                .orElseThrow(() -> new MalformedDocumentException("the root that was kept is another host's, or none"));
        ReceiptRoot now = signed.statement();
        if (kept.size() > now.size()) {
            throw new MalformedDocumentException(
                    "its tree has %d receipts, and had %d before: it was put back, or the proof is older"
                            .formatted(now.size(), kept.size()));
        }
        boolean same = kept.size() == now.size();
        if (!same && growth.filter(it -> it.since() == kept.size()).isEmpty()) {
            throw new MalformedDocumentException(
                    "it does not show that the tree only grew since it had %d receipts: ask for it with --since"
                            .formatted(kept.size()));
        }
        List<List<Fr>> path = same ? List.of() : growth.orElseThrow().path();
        if (!ReceiptTree.grew(kept.size(), kept.root(), now.size(), now.root(), path)) {
            throw new MalformedDocumentException(
                    "its tree had other receipts among the first %d: it was exchanged or forked"
                            .formatted(kept.size()));
        }
        return signed.grownFrom(kept);
    }

    private static Optional<Growth> growth(SnarkjsObject root) throws MalformedDocumentException {
        if (root.members().get("since").isEmpty() && root.members().get("path").isEmpty()) {
            return Optional.empty();
        }
        List<List<Fr>> path = new ArrayList<>();
        for (Json level : SnarkjsObject.items("path", root.value("path"), MOST_LEVELS)) {
            path.add(SnarkjsObject.scalars("path[%d]".formatted(path.size()), level, MOST_CHILDREN));
        }
        return Optional.of(new Growth(root.count("since", MOST_RECEIPTS), path));
    }
}
