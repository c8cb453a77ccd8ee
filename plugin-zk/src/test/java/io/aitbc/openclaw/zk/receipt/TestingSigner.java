package io.aitbc.openclaw.zk.receipt;

import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.json.SlowCanonicalJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Signs documents as a coordinator does: with the JDK's signatures over what the slow writer writes. */
public final class TestingSigner {
    /** The seed that the recorded receipts were signed with. */
    public static final TestingSigner COORDINATOR = new TestingSigner(0x11);

    private final byte[] seed = new byte[32];

    TestingSigner(int seedByte) {
        Arrays.fill(seed, (byte) seedByte);
    }

    String keyId() {
        byte[] key = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(seed, 0, key, 0);
        return base64(key);
    }

    /** The document with its signature, and attestations of others over the same bytes. */
    public String signed(Json.Members document, TestingSigner... attesters) {
        List<Json.Member> members = new ArrayList<>(document.list().stream()
                .filter(member ->
                        !member.name().equals("signature") && !member.name().equals("attestations"))
                .toList());
        byte[] bytes = SlowCanonicalJson.write(new Json.Members(members.stream()
                        .filter(member -> !ReceiptVerifier.UNSIGNED.contains(member.name()))
                        .toList()))
                .getBytes(StandardCharsets.US_ASCII);
        members.add(new Json.Member("signature", signature(bytes)));
        members.add(new Json.Member(
                "attestations",
                new Json.Items(Arrays.stream(attesters)
                        .map(attester -> attester.signature(bytes))
                        .toList())));
        return SlowCanonicalJson.write(new Json.Members(members));
    }

    private Json signature(byte[] bytes) {
        return new Json.Members(List.of(
                new Json.Member("alg", new Json.Text("Ed25519")),
                new Json.Member("key_id", new Json.Text(keyId())),
                new Json.Member("sig", new Json.Text(base64(sign(bytes))))));
    }

    private byte[] sign(byte[] bytes) {
        try {
            PrivateKey key = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
