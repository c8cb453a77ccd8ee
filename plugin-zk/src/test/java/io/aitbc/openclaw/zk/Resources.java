package io.aitbc.openclaw.zk;

import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.json.JsonReader;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Documents recorded from the real network, and texts written by Python 3.11. */
public final class Resources {
    public static final String COORDINATOR_KEY = "0EqyMnQrtKs6E2i9RhXk5tAiSrcaAWuvhSCjMsl3hzc";
    public static final String ATTESTATION_KEY = "oJql9HpnWYAv-VX43C0qFKXJnSO-l_hkEn_5ODRVpPA";

    private Resources() {}

    public static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    public static byte[] bytes(String name) {
        try (InputStream input = Resources.class.getResourceAsStream(name)) {
            return input.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<String> lines(String name) {
        return List.of(text(name).split("\n"));
    }

    /** All different receipts in the recordings, among them two with a proof. */
    public static List<Json.Members> recordedReceipts() throws MalformedDocumentException {
        return ((Json.Items) new JsonReader().read(text("recorded_receipts.json")))
                .list().stream().map(Json.Members.class::cast).toList();
    }

    /** {@code proof}, {@code public} or {@code verification_key} of a circuit. */
    public static String proof(String circuit, String file) {
        return text("proofs/%s/%s.json".formatted(circuit, file));
    }

    /** A verification key of AITBC. */
    public static String key(String circuit) {
        return text("circuits/keys/%s.json".formatted(circuit));
    }

    public static String receipt() {
        return text("sample_receipt.json");
    }
}
