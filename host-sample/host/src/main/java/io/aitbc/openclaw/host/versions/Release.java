package io.aitbc.openclaw.host.versions;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version of a plugin that a repository offers.
 *
 * @param version semantic
 * @param requires versions of the plugin API it works with; empty: any
 * @param file name beside the index; never a path
 * @param size of the file in bytes
 * @param sha256 of the file, 64 lower-case hexadecimal digits
 * @param signature name of its detached signature, {@code FILE.sig}, when there is one
 * @param permissions what the plugin declares to need
 * @param description one line for people
 */
public record Release(
        String id,
        String version,
        Optional<String> requires,
        String file,
        long size,
        String sha256,
        Optional<String> signature,
        List<String> permissions,
        String description) {
    /** Largest file that is fetched, the loader's own limit. */
    public static final long LARGEST_FILE = 256L << 20;

    /** Of the detached signature beside a file. */
    static final String SIGNATURE_ENDING = ".sig";

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,120}\\.(jar|zip)");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** @throws IllegalArgumentException that says which field cannot be right; nothing of a repository is used unchecked */
    public Release {
        permissions = List.copyOf(permissions);
        require(ID.matcher(id).matches(), "id", id);
        require(SemanticVersions.isVersion(version), "version", version);
        require(requires.filter(range -> !SemanticVersions.isRange(range)).isEmpty(), "api", requires.orElse(""));
        require(FILE.matcher(file).matches(), "file", file);
        require(size > 0 && size <= LARGEST_FILE, "size", Long.toString(size));
        require(SHA256.matcher(sha256).matches(), "sha256", sha256);
        require(
                signature.filter(name -> !name.equals(file + SIGNATURE_ENDING)).isEmpty(),
                "signature",
                signature.orElse(""));
    }

    /** Whether it is made for those who try things early: its version has a part after a hyphen. */
    public boolean prerelease() {
        return SemanticVersions.isPrerelease(version);
    }

    private static void require(boolean good, String field, String value) {
        if (!good) {
            throw new IllegalArgumentException("its " + field + " '" + Texts.oneLine(value) + "' cannot be right");
        }
    }
}
