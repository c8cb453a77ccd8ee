package io.aitbc.openclaw.zk.receipt;

import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bn254.Poseidon;
import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.snarkjs.KeyFile;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The four numbers that AITBC derives from a receipt and whose Poseidon hash a receipt_public proof has as its public signal: each is the
 * first half of the SHA-256 of a text.
 */
final class ReceiptNumbers {
    private static final int BYTES = 16;
    private static final List<String> OUTPUTS = List.of("output", "result", "output_hash");
    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

    private ReceiptNumbers() {}

    /** Made when it is first needed: its constants take some milliseconds. */
    private static final class Hash {
        private static final Poseidon OF_FOUR = new Poseidon(4);
    }

    /** @throws MalformedDocumentException if the numbers cannot be derived from the receipt */
    static Fr hash(Json.Members receipt) throws MalformedDocumentException {
        return Hash.OF_FOUR.hash(of(receipt));
    }

    static List<Fr> of(Json.Members receipt) throws MalformedDocumentException {
        return List.of(
                number(text(receipt, "job_id") + text(receipt, "receipt_id")),
                number(text(receipt, "provider")),
                number(KeyFile.sha256(utf8(output(receipt)))),
                number(millionths(receipt).toString()));
    }

    private static Fr number(String text) throws MalformedDocumentException {
        byte[] hash = KeyFile.digest(utf8(text));
        return Fr.valueOf(new BigInteger(1, Arrays.copyOf(hash, BYTES)));
    }

    /** Half a character would be replaced, so that different texts would have one hash. */
    private static byte[] utf8(String text) throws MalformedDocumentException {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new MalformedDocumentException("the receipt holds half a character");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Json.Members receipt, String name) throws MalformedDocumentException {
        return receipt.text(name).orElseThrow(() -> new MalformedDocumentException("the receipt has no " + name));
    }

    /** The first of three members of the result that Python takes for true. Only texts are written there as they are here. */
    private static String output(Json.Members receipt) throws MalformedDocumentException {
        Optional<Json.Members> result =
                members(Optional.of(receipt), "metadata").flatMap(metadata -> members(Optional.of(metadata), "result"));
        for (String name : OUTPUTS) {
            Optional<Json> value = result.flatMap(members -> members.get(name));
            if (value.isPresent() && !isFalse(value.get())) {
                if (value.get() instanceof Json.Text text) {
                    return text.value();
                }
                throw new MalformedDocumentException(
                        "the receipt's %s is not a text, so the proof cannot be compared with it".formatted(name));
            }
        }
        return "";
    }

    private static Optional<Json.Members> members(Optional<Json.Members> parent, String name) {
        return parent.flatMap(members -> members.get(name))
                .map(value -> value instanceof Json.Members members ? members : null);
    }

    private static boolean isFalse(Json value) {
        return switch (value) {
            case Json.Null ignored -> true;
            case Json.Flag flag -> !flag.value();
            case Json.Text text -> text.value().isEmpty();
            case Json.Whole whole -> whole.digits().equals("0");
            case Json.Real real -> real.value() == 0;
            case Json.Items items -> items.list().isEmpty();
            case Json.Members members -> members.list().isEmpty();
        };
    }

    /** int(units * 1000000), with the rounding of a double where units is one. */
    private static BigInteger millionths(Json.Members receipt) throws MalformedDocumentException {
        Json units = receipt.get("units").orElse(new Json.Null());
        return switch (units) {
            case Json.Whole whole -> new BigInteger(whole.digits()).multiply(MILLION);
            case Json.Real real
            when Double.isFinite(real.value() * 1e6) -> new BigDecimal(real.value() * 1e6).toBigInteger();
            default -> throw new MalformedDocumentException("the receipt's units are not a number");
        };
    }
}
