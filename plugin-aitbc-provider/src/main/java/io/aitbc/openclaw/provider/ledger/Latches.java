package io.aitbc.openclaw.provider.ledger;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which receipt belongs to which job: one receipt serves one job, one job has one receipt, one transaction pays one job. Remembers the latest of them, which
 * is more than the entries that are kept; what is older is still caught by the job id that a receipt is signed with.
 */
final class Latches {
    /** Up to three names for each job. */
    private static final int MOST_NAMES = 75_000;

    private final Map<String, String> owners = new LinkedHashMap<>();

    void put(Entry entry) {
        entry.acceptance().ifPresent(acceptance -> {
            own(receipt(acceptance), entry.reference());
            entry.jobId().ifPresent(job -> own(job(job), entry.reference()));
        });
        entry.trail().transaction().ifPresent(hash -> own(transaction(hash), entry.reference()));
    }

    void put(JournalLine.Owned owned) {
        owned.names().forEach(name -> own(name, owned.reference()));
    }

    /** All that is remembered, in its order. */
    List<JournalLine.Owned> all() {
        Map<String, List<String>> names = new LinkedHashMap<>();
        owners.forEach((name, owner) ->
                names.computeIfAbsent(owner, _ -> new ArrayList<>()).add(name));
        return names.entrySet().stream()
                .map(each -> new JournalLine.Owned(each.getKey(), each.getValue()))
                .toList();
    }

    void clear() {
        owners.clear();
    }

    private void own(String name, String reference) {
        owners.putIfAbsent(name, reference);
        if (owners.size() > MOST_NAMES) {
            owners.remove(owners.keySet().iterator().next());
        }
    }

    /** @throws OpenClawException with PROOF_INVALID when the job or the receipt was accepted otherwise before */
    void check(Entry entry, Acceptance next) {
        if (entry.acceptance().filter(first -> !first.equals(next)).isPresent()) {
            throw refused("the job was answered before with receipt %s"
                    .formatted(entry.acceptance().get().receiptId()));
        }
        if (foreign(receipt(next), entry)) {
            throw refused("receipt %s was accepted for another job".formatted(next.receiptId()));
        }
        if (entry.jobId().filter(job -> foreign(job(job), entry)).isPresent()) {
            throw refused("the job was accepted as the answer to another request");
        }
    }

    /** Whether a transaction paid for something else already. */
    boolean spent(String transaction, Entry entry) {
        return foreign(transaction(transaction), entry);
    }

    private boolean foreign(String name, Entry entry) {
        String owner = owners.get(name);
        return owner != null && !owner.equals(entry.reference());
    }

    private static String receipt(Acceptance acceptance) {
        return "receipt " + acceptance.receiptId();
    }

    private static String job(String id) {
        return "job " + id;
    }

    private static String transaction(String hash) {
        return "transaction " + hash;
    }

    private static OpenClawException refused(String why) {
        return new OpenClawException(ErrorCode.PROOF_INVALID, "The receipt of the AITBC job was refused: " + why);
    }
}
