package io.aitbc.openclaw.devnet;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;

/** A wallet that can sign, as a client has one. */
record TestingWallet(BigInteger key) {
    static final TestingWallet RECORDED = new TestingWallet(new BigInteger("ab".repeat(32), 16));

    String address() {
        return Wallets.addressOf(key);
    }

    /** EIP-191 personal_sign with a deterministic nonce (RFC 6979) and a low s. */
    String sign(String message) {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        byte[] prefix = ("\u0019Ethereum Signed Message:\n" + text.length).getBytes(StandardCharsets.UTF_8);
        return signHash(Wallets.keccak256(prefix, text));
    }

    String signHash(byte[] hash) {
        X9ECParameters curve = CustomNamedCurves.getByName("secp256k1");
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(key, new ECDomainParameters(curve)));
        BigInteger[] signature = signer.generateSignature(hash);
        BigInteger s = signature[1].min(curve.getN().subtract(signature[1]));
        String rs = hex(signature[0]) + hex(s);
        for (int parity = 0; parity < 2; parity++) {
            String candidate = "0x" + rs + HexFormat.of().toHexDigits((byte) (27 + parity));
            if (Wallets.signerOf(hash, candidate).filter(address()::equals).isPresent()) {
                return candidate;
            }
        }
        throw new AssertionError("a signature recovers to its key");
    }

    private static String hex(BigInteger value) {
        return "%064x".formatted(value);
    }
}
