package io.aitbc.openclaw.bench.receipts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A receipt to check, and what the JDK alone needs for the costliest part of it.
 *
 * @param name of the recording
 * @param json as it came over the wire
 * @param signed the bytes its signature covers
 */
record SampleReceipt(String name, String json, byte[] signed) {
    /** The keys of the coordinator that the receipts were recorded at. */
    static final String SIGNER = "0EqyMnQrtKs6E2i9RhXk5tAiSrcaAWuvhSCjMsl3hzc";

    static final String ATTESTER = "oJql9HpnWYAv-VX43C0qFKXJnSO-l_hkEn_5ODRVpPA";

    /** What precedes the 32 bytes of a key in its X.509 form (RFC 8410). */
    private static final String KEY_PREFIX = "302a300506032b6570032100";

    private static final Pattern SIGNATURE = Pattern.compile("\"signature\":\\{[^}]*\"sig\":\"([A-Za-z0-9_-]{86})\"");

    static SampleReceipt read(String name) throws IOException {
        return new SampleReceipt(
                name, new String(bytes(name + ".json"), StandardCharsets.UTF_8), bytes(name + ".signed"));
    }

    private static byte[] bytes(String resource) throws IOException {
        try (InputStream input = SampleReceipt.class.getResourceAsStream(resource)) {
            if (input == null) {
                throw new IOException("the benchmark has no " + resource);
            }
            return input.readAllBytes();
        }
    }

    /** A check of the signature, and of nothing else, by the JDK. */
    JdkCheck jdkCheck() throws GeneralSecurityException, IOException {
        byte[] raw = Base64.getUrlDecoder().decode(SIGNER);
        byte[] encoded = HexFormat.of().parseHex(KEY_PREFIX + HexFormat.of().formatHex(raw));
        PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        Matcher matcher = SIGNATURE.matcher(json);
        if (!matcher.find()) {
            throw new IOException("the sample " + name + " is not signed");
        }
        return new JdkCheck(key, signed, Base64.getUrlDecoder().decode(matcher.group(1)));
    }

    record JdkCheck(PublicKey key, byte[] signed, byte[] signature) {
        boolean holds() {
            try {
                Signature verifier = Signature.getInstance("Ed25519");
                verifier.initVerify(key);
                verifier.update(signed);
                return verifier.verify(signature);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the JDK cannot check Ed25519", e);
            }
        }
    }
}
