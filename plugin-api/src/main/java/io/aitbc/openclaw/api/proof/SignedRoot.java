package io.aitbc.openclaw.api.proof;

/**
 * What a host signed about the tree that a proof is about: its size, its root, and when.
 *
 * @param hostKey Ed25519 key of the host, Base64url
 * @param note as it was signed (C2SP signed-note)
 */
public record SignedRoot(String hostKey, String note) {
    private static final String PLAIN = "[\\x20-\\x7e\\n\u2014&&[^\"\\\\]]*";

    public SignedRoot {
        if (!(hostKey + note).matches(PLAIN)) {
            throw new IllegalArgumentException("a signed root has no characters that JSON would write otherwise");
        }
    }

    String json() {
        return "{\"host_key\":\"%s\",\"note\":\"%s\"}".formatted(hostKey, note.replace("\n", "\\n"));
    }
}
