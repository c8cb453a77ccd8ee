package io.aitbc.openclaw.api.proof;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a host signed about the tree that a proof is about: its size, its root, and when.
 *
 * @param hostKey Ed25519 key of the host, Base64url
 * @param note as it was signed (C2SP signed-note)
 * @param growth what shows that the tree only grew since it was smaller, if somebody asked for it
 */
public record SignedRoot(String hostKey, String note, Optional<Growth> growth) {
    private static final String PLAIN = "[\\x20-\\x7e\n\u2014&&[^\"\\\\]]*";

    /**
     * From a smaller tree to this one.
     *
     * @param since number of receipts it had
     * @param path nodes on the way to the first place that was free then, level by level, in decimal digits
     */
    public record Growth(long since, List<List<String>> path) {
        public Growth {
            path = path.stream().map(List::copyOf).toList();
        }

        private String json() {
            return path.stream()
                    .map(nodes -> nodes.stream().collect(Collectors.joining("\",\"", "[\"", "\"]")))
                    .collect(Collectors.joining(",", ",\"since\":%d,\"path\":[".formatted(since), "]"));
        }
    }

    public SignedRoot {
        if (!(hostKey + note).matches(PLAIN)) {
            throw new IllegalArgumentException("a signed root has no characters that JSON would write otherwise");
        }
    }

    String json() {
        return "{\"host_key\":\"%s\",\"note\":\"%s\"%s}"
                .formatted(
                        hostKey,
                        note.replace("\n", "\\n"),
                        growth.map(Growth::json).orElse(""));
    }
}
