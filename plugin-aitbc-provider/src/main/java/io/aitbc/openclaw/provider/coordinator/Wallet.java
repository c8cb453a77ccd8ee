package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;

/** A secp256k1 key and what we do with it. The key itself never leaves this class. */
public final class Wallet {
    private static final Pattern KEY = Pattern.compile("(0x)?[0-9a-fA-F]{64}");
    /** Order of the curve: a private key is a number from 1 to this minus 1 (SEC 2, secp256k1). */
    private static final BigInteger ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    private final ECKeyPair keys;
    private final String address;

    private Wallet(ECKeyPair keys) {
        this.keys = keys;
        this.address = "0x" + Keys.getAddress(keys).toLowerCase(Locale.ROOT);
    }

    /**
     * @param hex 64 hexadecimal digits, with or without {@code 0x}
     * @throws OpenClawException with INVALID_CONFIG; the text never contains the key
     */
    public static Wallet of(String hex) {
        String key = hex.strip();
        if (!KEY.matcher(key).matches()) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG, "The AITBC wallet key must be 64 hexadecimal digits, with or without 0x");
        }
        BigInteger number = new BigInteger(key.startsWith("0x") ? key.substring(2) : key, 16);
        if (number.signum() == 0 || number.compareTo(ORDER) >= 0) {
            throw new OpenClawException(ErrorCode.INVALID_CONFIG, "The AITBC wallet key is not a secp256k1 key");
        }
        return new Wallet(ECKeyPair.create(number));
    }

    /** {@code 0x} and 40 hexadecimal digits in lower case. */
    public String address() {
        return address;
    }

    /** Signature (EIP-191, {@code r‖s‖v}) of the text the coordinator wants signed for a login. */
    String signLogin(String nonce) {
        String text = "Sign this message to log in to AITBC.\nWallet: " + address + "\nNonce: " + nonce;
        Sign.SignatureData signature = Sign.signPrefixedMessage(text.getBytes(StandardCharsets.UTF_8), keys);
        HexFormat hex = HexFormat.of();
        return "0x"
                + hex.formatHex(signature.getR())
                + hex.formatHex(signature.getS())
                + hex.formatHex(signature.getV());
    }

    @Override
    public String toString() {
        return "Wallet[" + address + "]";
    }
}
