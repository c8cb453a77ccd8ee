package io.aitbc.openclaw.zk.circuits;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.snarkjs.KeyFile;
import io.aitbc.openclaw.zk.snarkjs.SnarkjsObject;
import io.aitbc.openclaw.zk.snarkjs.SnarkjsReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything that proofs of a circuit are made with, known by its content: {@code circuit.json} has the hash of each other file, and whoever uses the
 * bundle the hash of {@code circuit.json}.
 *
 * @param circuit what its proofs mean
 * @param setup how its keys were made
 * @param ceremony whether several parties made them; otherwise whoever made them can forge proofs
 */
public record ProvingBundle(
        BundleFiles source, Circuit circuit, String setup, boolean ceremony, Map<Part, PinnedFile> pinned) {
    static final String DESCRIPTION = "circuit.json";

    private static final int MAX_DESCRIPTION_BYTES = 64 * 1024;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");
    private static final Pattern CIRCUIT_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Set<String> MEMBERS =
            Set.of("format", "version", "name", "proves", "signals", "not_proven", "setup", "files");

    /** Files of a bundle. The witness program may lack. */
    public enum Part {
        /** A {@code .zkey} of 10,000 constraints has 5 MB. */
        PROVING_KEY(256 << 20),
        VERIFICATION_KEY(SnarkjsReader.MAX_CHARACTERS),
        WITNESS_PROGRAM(64 << 20);

        private final int maxBytes;

        Part(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        String member() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param sha256 in lower-case hexadecimal digits */
    record PinnedFile(String name, String sha256) {}

    /**
     * @param sha256 of {@code circuit.json}
     * @throws MalformedDocumentException that says what is wrong
     */
    public static ProvingBundle read(BundleFiles source, String sha256) throws MalformedDocumentException {
        byte[] description = bytes(source, new PinnedFile(DESCRIPTION, sha256), MAX_DESCRIPTION_BYTES);
        try {
            return parsed(source, new String(description, StandardCharsets.UTF_8));
        } catch (MalformedDocumentException e) {
            throw new MalformedDocumentException("%s: %s".formatted(DESCRIPTION, e.getMessage()));
        }
    }

    private static ProvingBundle parsed(BundleFiles source, String json) throws MalformedDocumentException {
        SnarkjsObject description = SnarkjsObject.of("it", new SnarkjsReader().read(json))
                .only(MEMBERS)
                .literal("format", "openclaw-proving-bundle");
        if (description.count("version", 1) != 1) {
            throw new MalformedDocumentException("its version is not 1");
        }
        String name = description.text("name");
        if (!CIRCUIT_NAME.matcher(name).matches()) {
            throw new MalformedDocumentException("its name is not of letters, digits, - and _, 64 at most");
        }
        List<String> signals = texts(description, "signals", SnarkjsReader.MAX_SIGNALS);
        SnarkjsObject setup =
                SnarkjsObject.of("its setup", description.value("setup")).only(Set.of("ceremony", "record"));
        if (!(setup.value("ceremony") instanceof Json.Flag ceremony)) {
            throw new MalformedDocumentException("its setup does not say whether it was a ceremony: true or false");
        }
        SnarkjsObject files = SnarkjsObject.of("its list of files", description.value("files"))
                .only(Set.of(Part.PROVING_KEY.member(), Part.VERIFICATION_KEY.member(), Part.WITNESS_PROGRAM.member()));
        Map<Part, PinnedFile> pinned = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            Optional<Json> file = files.members().get(part.member());
            if (file.isPresent()) {
                pinned.put(part, pinned(part, file.get()));
            } else if (part != Part.WITNESS_PROGRAM) {
                throw new MalformedDocumentException("it has no " + part.member());
            }
        }
        Circuit circuit = new Circuit(
                name,
                description.text("proves"),
                signals,
                Map.of(),
                !signals.isEmpty(),
                texts(description, "not_proven", 100));
        return new ProvingBundle(source, circuit, setup.text("record"), ceremony.value(), pinned);
    }

    private static PinnedFile pinned(Part part, Json json) throws MalformedDocumentException {
        SnarkjsObject file = SnarkjsObject.of("its " + part.member(), json).only(Set.of("name", "sha256"));
        String name = file.text("name");
        String sha256 = file.text("sha256");
        if (!FILE_NAME.matcher(name).matches() || !HASH.matcher(sha256).matches()) {
            throw new MalformedDocumentException(
                    "its %s has no plain file name, or no SHA-256 in 64 lower-case hexadecimal digits"
                            .formatted(part.member()));
        }
        return new PinnedFile(name, sha256);
    }

    private static List<String> texts(SnarkjsObject object, String name, int limit) throws MalformedDocumentException {
        List<String> texts = new ArrayList<>();
        for (Json item : SnarkjsObject.items(name, object.value(name), limit)) {
            if (!(item instanceof Json.Text text)) {
                throw new MalformedDocumentException("its %s are not a list of texts".formatted(name));
            }
            texts.add(text.value());
        }
        return texts;
    }

    Optional<PinnedFile> file(Part part) {
        return Optional.ofNullable(pinned.get(part));
    }

    /** The file's hash, whether or not the file is there. */
    public String sha256(Part part) {
        return required(part).sha256();
    }

    private PinnedFile required(Part part) {
        return file(part).orElseThrow(() -> new IllegalStateException("the bundle has no " + part.member()));
    }

    /** @throws MalformedDocumentException when it cannot be read, is too large, or is not the pinned one */
    public byte[] bytes(Part part) throws MalformedDocumentException {
        return bytes(source, required(part), part.maxBytes);
    }

    private static byte[] bytes(BundleFiles source, PinnedFile file, int limit) throws MalformedDocumentException {
        try (InputStream in = source.open(file.name())) {
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw new MalformedDocumentException("%s is larger than %d bytes".formatted(file.name(), limit));
            }
            requirePinned(file, KeyFile.sha256(bytes));
            return bytes;
        } catch (IOException e) {
            throw unreadable(file);
        }
    }

    /** Copies a file of any size; what was written counts only when this returns. */
    public void copy(Part part, OutputStream out) throws MalformedDocumentException, IOException {
        PinnedFile file = required(part);
        MessageDigest digest = sha256();
        try (InputStream in = source.open(file.name());
                DigestInputStream digested = new DigestInputStream(in, digest)) {
            digested.transferTo(out);
        }
        requirePinned(file, HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static void requirePinned(PinnedFile file, String actual) throws MalformedDocumentException {
        if (!actual.equals(file.sha256())) {
            throw new MalformedDocumentException(
                    "the SHA-256 of %s is %s, not the pinned %s".formatted(file.name(), actual, file.sha256()));
        }
    }

    OpenClawException invalid(@Nullable String reason) {
        return new OpenClawException(
                ErrorCode.INVALID_CONFIG,
                "The files of circuit %s cannot be used: %s".formatted(circuit.name(), reason));
    }

    private static MalformedDocumentException unreadable(PinnedFile file) {
        return new MalformedDocumentException("%s cannot be read".formatted(file.name()));
    }
}
