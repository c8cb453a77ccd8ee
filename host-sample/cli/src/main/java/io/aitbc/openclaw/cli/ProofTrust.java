package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.proof.BundlePolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whom a person trusts, as they write it. A key is trusted in one role: a coordinator's is no host's. */
final class ProofTrust {
    static final String KEY_FORMS =
            "a key of a host or a coordinator has 43 characters of Base64url, a miner's and the hash of a verification key 64 hexadecimal digits";
    private static final Set<String> MAY_LACK = Set.of("receipt", "proof", "price");

    private final Set<String> hosts = new HashSet<>();
    private final Set<String> receipts = new HashSet<>();
    private final Set<String> proofs = new HashSet<>();
    private final Set<String> miners = new HashSet<>();

    /** False for a role that is not known, and for a key that has another form or was named before. */
    boolean add(String role, String key) {
        return switch (role) {
            case "host" -> key.matches("[A-Za-z0-9_-]{43}") && hosts.add(key);
            case "receipt" -> key.matches("[A-Za-z0-9_-]{43}") && receipts.add(key);
            case "proof" -> key.matches("[0-9a-fA-F]{64}") && proofs.add(key.toLowerCase(Locale.ROOT));
            case "miner" -> key.matches("[0-9a-fA-F]{64}") && miners.add(key.toLowerCase(Locale.ROOT));
            default -> false;
        };
    }

    static boolean mayLack(String link) {
        return MAY_LACK.contains(link);
    }

    BundlePolicy policy(Set<String> required, boolean receiptMayLack, Optional<String> about) {
        return new BundlePolicy(hosts, receipts, proofs, required, receiptMayLack, about).withMinerKeys(miners);
    }

    /** What the options of a command say. */
    static BundlePolicy policy(
            List<String> trusted, List<String> required, boolean receiptMayLack, Optional<String> about) {
        ProofTrust trust = new ProofTrust();
        for (String entry : trusted) {
            int colon = entry.indexOf(':');
            String key = entry.substring(colon + 1).strip();
            if (!trust.add(colon < 0 ? "" : entry.substring(0, colon), key)) {
                throw new CommandFailure(
                        ExitCode.WRONG_USAGE,
                        "--trust must be host:KEY, receipt:KEY, miner:KEY or proof:HASH, each once, not '%s': %s"
                                .formatted(entry, KEY_FORMS));
            }
        }
        for (String link : required) {
            if (!mayLack(link)) {
                throw new CommandFailure(
                        ExitCode.WRONG_USAGE,
                        "--require must be receipt, proof or price, not '%s': all other links are always required"
                                .formatted(link));
            }
        }
        if (receiptMayLack && required.contains("receipt")) {
            throw new CommandFailure(
                    ExitCode.WRONG_USAGE, "--without-receipt and --require receipt exclude each other: keep one");
        }
        return trust.policy(Set.copyOf(new HashSet<>(required)), receiptMayLack, about);
    }
}
