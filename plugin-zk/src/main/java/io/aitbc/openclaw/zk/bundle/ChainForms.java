package io.aitbc.openclaw.zk.bundle;

import io.aitbc.openclaw.zk.json.CanonicalJson;
import io.aitbc.openclaw.zk.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How the documents of a proof chain are written, hashed and signed. */
public final class ChainForms {
    public static final String LOCAL = "openclaw-local-v1\n";
    public static final String LINK = "openclaw-link-v1\n";
    public static final String FORMAT = "openclaw-proof-bundle";
    public static final String VERSION = "1";

    /** Of a statement about an answer whose miner signed a receipt itself: the miner's key, what was sent to it and came back, and its receipt. */
    public static final String WORK_KEY = "work_key";

    public static final String WORK_PROMPT = "work_prompt_sha256";
    public static final String WORK_OUTPUT = "work_output_sha256";
    public static final String WORK_RECEIPT = "work_receipt_sha256";

    /** What no bundle shows. */
    public static final List<String> NOT_PROVEN = List.of(
            "that the named model, or any model, computed the answer",
            "that prompt, output, times and route are as the host says: it signs its own statement",
            "that the host keeps one log only: compare its checkpoints over time");

    private ChainForms() {}

    /** Whether it has the form of an Ed25519 key: 32 bytes in Base64url without padding. */
    static boolean isKey(String text) {
        return text.matches("[A-Za-z0-9_-]{43}");
    }

    /** A document of texts, in the order that canonical documents have; names are ASCII. */
    public static Json.Members members(Map<String, Json> values) {
        List<Json.Member> members = new ArrayList<>();
        new TreeMap<>(values).forEach((name, value) -> members.add(new Json.Member(name, value)));
        return new Json.Members(members);
    }

    public static Json texts(List<String> lines) {
        return new Json.Items(lines.stream().<Json>map(Json.Text::new).toList());
    }

    /** The bytes that are signed or hashed: what they are of stands first, so that no document passes for one of another kind. */
    public static byte[] bytes(String domain, Json document) {
        byte[] start = domain.getBytes(StandardCharsets.US_ASCII);
        byte[] rest = CanonicalJson.of(document);
        byte[] bytes = Arrays.copyOf(start, start.length + rest.length);
        System.arraycopy(rest, 0, bytes, start.length, rest.length);
        return bytes;
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Of the receipt's text, as the network sent it. */
    public static String receiptHash(String receipt) {
        return sha256(receipt.getBytes(StandardCharsets.UTF_8));
    }

    /** Of a statement with its signature. */
    public static String localHash(Json.Members signed) {
        return sha256(bytes(LOCAL, signed));
    }
}
