package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;

/** A secp256k1 key and what we do with it. The key itself never leaves this class. */
public final class Wallet {
    private static final Pattern KEY = Pattern.compile("(0x)?[0-9a-fA-F]{64}");
    /** Order of the curve: a private key is a number from 1 to this minus 1 (SEC 2, secp256k1). */
    private static final BigInteger ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    /** What follows from the key; curve arithmetic takes a while in a fresh JVM, and a start does not need it. */
    private record Derived(ECKeyPair keys, String address) {
        static Derived of(BigInteger key) {
            ECKeyPair keys = ECKeyPair.create(key);
            return new Derived(keys, "0x" + Keys.getAddress(keys).toLowerCase(Locale.ROOT));
        }

        /** The key stays in here. */
        @Override
        public String toString() {
            return address;
        }
    }

    private final FutureTask<Derived> derived;

    private Wallet(BigInteger key) {
        derived = new FutureTask<>(() -> Derived.of(key));
    }

    private Derived derived() {
        derived.run();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return derived.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new OpenClawException(ErrorCode.INTERNAL, "The AITBC wallet key cannot be used");
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
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
        return new Wallet(number);
    }

    /** {@code 0x} and 40 hexadecimal digits in lower case. */
    public String address() {
        return derived().address();
    }

    /** Signature (EIP-191, {@code r‖s‖v}) of the text the coordinator wants signed for a login. */
    String signLogin(String nonce) {
        String text = "Sign this message to log in to AITBC.\nWallet: " + address() + "\nNonce: " + nonce;
        Sign.SignatureData signature = Sign.signPrefixedMessage(
                text.getBytes(StandardCharsets.UTF_8), derived().keys());
        return "0x" + rs(signature) + HexFormat.of().formatHex(signature.getV());
    }

    /** Signature ({@code r‖s‖v}, v 0 or 1, without a prefix) over the Keccak-256 hash of the text of a transaction. */
    public String signTransaction(String text) {
        byte[] hash = Hash.sha3(text.getBytes(StandardCharsets.UTF_8));
        Sign.SignatureData signature = Sign.signMessage(hash, derived().keys(), false);
        return "0x" + rs(signature)
                + HexFormat.of().toHexDigits((byte) (signature.getV()[0] - 27));
    }

    private static String rs(Sign.SignatureData signature) {
        HexFormat hex = HexFormat.of();
        return hex.formatHex(signature.getR()) + hex.formatHex(signature.getS());
    }

    @Override
    public String toString() {
        return "Wallet[" + address() + "]";
    }
}
