package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.proof.BundlePolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whom a person trusts, as they write it. A key is trusted in one role: a coordinator's is no host's. */
final class ProofTrust {
    private static final Set<String> MAY_LACK = Set.of("receipt", "proof");

    private ProofTrust() {}

    static BundlePolicy policy(
            List<String> trusted, List<String> required, boolean receiptMayLack, Optional<String> about) {
        Set<String> hosts = new HashSet<>();
        Set<String> receipts = new HashSet<>();
        Set<String> proofs = new HashSet<>();
        for (String entry : trusted) {
            int colon = entry.indexOf(':');
            String key = entry.substring(colon + 1).strip();
            boolean known = switch (colon < 0 ? "" : entry.substring(0, colon)) {
                case "host" -> key.matches("[A-Za-z0-9_-]{43}") && hosts.add(key);
                case "receipt" -> key.matches("[A-Za-z0-9_-]{43}") && receipts.add(key);
                case "proof" -> key.matches("[0-9a-fA-F]{64}") && proofs.add(key.toLowerCase(Locale.ROOT));
                default -> false;
            };
            if (!known) {
                throw new CommandFailure(
                        ExitCode.WRONG_USAGE,
                        "--trust must be host:KEY or receipt:KEY with 43 characters of Base64url, or proof:HASH with 64 hexadecimal digits, each once; not '%s'"
                                .formatted(entry));
            }
        }
        for (String link : required) {
            if (!MAY_LACK.contains(link)) {
                throw new CommandFailure(
                        ExitCode.WRONG_USAGE,
                        "--require must be receipt or proof, not '%s': all other links are always required"
                                .formatted(link));
            }
        }
        if (receiptMayLack && required.contains("receipt")) {
            throw new CommandFailure(
                    ExitCode.WRONG_USAGE, "--without-receipt and --require receipt exclude each other: keep one");
        }
        return new BundlePolicy(hosts, receipts, proofs, Set.copyOf(new HashSet<>(required)), receiptMayLack, about);
    }
}
