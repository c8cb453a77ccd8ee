package io.aitbc.openclaw.zk.work;

import io.aitbc.openclaw.zk.babyjubjub.EddsaKey;
import io.aitbc.openclaw.zk.babyjubjub.EddsaSignature;
import io.aitbc.openclaw.zk.babyjubjub.EdwardsPoint;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bundle.BundleFields;
import io.aitbc.openclaw.zk.bundle.ChainForms;
import io.aitbc.openclaw.zk.json.CanonicalJson;
import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.json.JsonReader;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.receiptchain.Receipt;
import io.aitbc.openclaw.zk.receiptchain.ReceiptClaim;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A receipt with the signature of whoever did the work, as a document. What is signed is what the circuit {@code receipt_chain} checks. The salt comes from the
 * job's id and a nonce, so that the receipt of one job passes for none of another.
 *
 * @param job the network's id
 */
public record SignedWork(String job, Receipt receipt, EdwardsPoint key, EddsaSignature signature) {
    static final int NONCE_BYTES = 16;

    private static final String FORMAT = "openclaw-work-receipt";
    private static final String VERSION = "1";
    private static final String SALT = "openclaw-work-salt-v1\n";
    private static final Set<String> MEMBERS =
            Set.of("format", "version", "job", "prompt_sha256", "output_sha256", "price", "nonce", "key", "signature");
    private static final int NUMBER_DIGITS = 2 * Fr.BYTES;

    /** What is signed for which nonce. */
    private record Draft(String job, String prompt, String output, BigInteger price, String nonce) {
        Receipt receipt() {
            return new Receipt(prompt, output, price, salt(job, nonce));
        }
    }

    /** @return the document */
    static String sign(EddsaKey key, String job, String prompt, String output, BigInteger price, byte[] nonce) {
        Draft draft = new Draft(job, prompt, output, price, HexFormat.of().formatHex(nonce));
        EddsaSignature signature = key.sign(draft.receipt().hash());
        Json document = ChainForms.members(Map.of(
                "format", new Json.Text(FORMAT),
                "version", new Json.Whole(VERSION),
                "job", new Json.Text(job),
                "prompt_sha256", new Json.Text(prompt),
                "output_sha256", new Json.Text(output),
                "price", new Json.Text(price.toString()),
                "nonce", new Json.Text(draft.nonce()),
                "key", new Json.Text(hex(key.publicKey())),
                "signature", new Json.Text(hex(signature.r()) + hex(Fr.valueOf(signature.s())))));
        return new String(CanonicalJson.of(document), StandardCharsets.US_ASCII);
    }

    /** Reads a document; whether the signature holds is open. */
    public static SignedWork read(String json) throws MalformedDocumentException {
        BundleFields fields = BundleFields.of("it", new JsonReader().read(json)).only(MEMBERS);
        if (!fields.text("format").equals(FORMAT) || !fields.value("version").equals(new Json.Whole(VERSION))) {
            throw new MalformedDocumentException("its format is not %s, version %s".formatted(FORMAT, VERSION));
        }
        String price = fields.text("price");
        if (!price.matches("0|[1-9][0-9]{0,19}") || new BigInteger(price).bitLength() > Receipt.PRICE_BITS) {
            throw new MalformedDocumentException("its price is not a whole number below 2^64");
        }
        Draft draft = new Draft(
                fields.text("job"),
                hex(fields, "prompt_sha256", 64),
                hex(fields, "output_sha256", 64),
                new BigInteger(price),
                hex(fields, "nonce", 2 * NONCE_BYTES));
        List<Fr> key = numbers("key", hex(fields, "key", 2 * NUMBER_DIGITS));
        String signature = hex(fields, "signature", 3 * NUMBER_DIGITS);
        List<Fr> r = numbers("signature", signature.substring(0, 2 * NUMBER_DIGITS));
        return new SignedWork(
                draft.job(),
                draft.receipt(),
                new EdwardsPoint(key.get(0), key.get(1)),
                new EddsaSignature(
                        new EdwardsPoint(r.get(0), r.get(1)),
                        new BigInteger(signature.substring(2 * NUMBER_DIGITS), 16)));
    }

    /** Whether the key signed it: on the curve, not of small order, and the signature in its one spelling. */
    public boolean holds() {
        return signature.holds(key, receipt.hash());
    }

    /** 64 hexadecimal digits. */
    public String keyId() {
        return ReceiptClaim.keyId(key);
    }

    /** SHA-256 of a prompt in the form that the host's statements have for a prompt to complete. */
    static String promptHash(String prompt) {
        byte[] bytes = prompt.getBytes(StandardCharsets.UTF_8);
        MessageDigest digest = digest("SHA-256");
        digest.update("openclaw-prompt-v1\nprompt %d\n".formatted(bytes.length).getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(digest.digest(bytes));
    }

    static String outputHash(String output) {
        return ChainForms.sha256(output.getBytes(StandardCharsets.UTF_8));
    }

    private static Fr salt(String job, String nonce) {
        byte[] text = (SALT + job + "\n" + nonce).getBytes(StandardCharsets.UTF_8);
        return Fr.valueOf(new BigInteger(1, digest("SHA-512").digest(text)));
    }

    private static String hex(EdwardsPoint point) {
        return hex(point.x()) + hex(point.y());
    }

    private static String hex(Fr number) {
        return HexFormat.of().formatHex(number.bytes());
    }

    private static String hex(BundleFields fields, String name, int digits) throws MalformedDocumentException {
        String text = fields.text(name);
        if (text.length() != digits || !text.matches("[0-9a-f]*")) {
            throw new MalformedDocumentException("its %s has not %d hexadecimal digits".formatted(name, digits));
        }
        return text;
    }

    private static List<Fr> numbers(String name, String hex) throws MalformedDocumentException {
        BigInteger x = new BigInteger(hex.substring(0, NUMBER_DIGITS), 16);
        BigInteger y = new BigInteger(hex.substring(NUMBER_DIGITS), 16);
        if (x.max(y).compareTo(Fr.ORDER) >= 0) {
            throw new MalformedDocumentException("a number of its %s is not below the prime".formatted(name));
        }
        return List.of(Fr.valueOf(x), Fr.valueOf(y));
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has " + algorithm, e);
        }
    }

    /** Nothing of the price. */
    @Override
    public String toString() {
        return "SignedWork[key %s]".formatted(keyId());
    }
}
