package io.aitbc.openclaw.provider.miner;

import io.aitbc.openclaw.provider.coordinator.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;
import tools.jackson.databind.JsonNode;

/** A buyer who sends any payload he likes. */
final class RawBuyer implements AutoCloseable {
    static final String KEY = "abababababababababababababababababababababababababababababababab";

    private final OkHttpClient http = new OkHttpClient();
    private final ECKeyPair keys = ECKeyPair.create(new BigInteger(KEY, 16));
    private final String address = "0x" + Keys.getAddress(keys);
    private final String url;
    private final String token;

    RawBuyer(String coordinator) {
        this.url = coordinator;
        String nonce = call("POST", "/v1/auth/nonce", "{\"wallet_address\":\"%s\"}".formatted(address), "")
                .path("nonce")
                .stringValue();
        String text = "Sign this message to log in to AITBC.\nWallet: %s\nNonce: %s".formatted(address, nonce);
        Sign.SignatureData signed = Sign.signPrefixedMessage(text.getBytes(StandardCharsets.UTF_8), keys);
        HexFormat hex = HexFormat.of();
        String signature = hex.formatHex(signed.getR()) + hex.formatHex(signed.getS()) + hex.formatHex(signed.getV());
        token = call(
                        "POST",
                        "/v1/login",
                        "{\"wallet_address\":\"%s\",\"nonce\":\"%s\",\"signature\":\"0x%s\"}"
                                .formatted(address, nonce, signature),
                        "")
                .path("session_token")
                .stringValue();
    }

    /** @return the id of a job that pays 0.05 AIT to an address */
    String submit(String payload, String provider) {
        return call(
                        "POST",
                        "/v1/jobs",
                        "{\"payload\":%s,\"payment_amount\":0.05,\"buyer_address\":\"%s\",\"provider_address\":\"%s\"}"
                                .formatted(payload, address, provider),
                        token)
                .path("job_id")
                .stringValue();
    }

    JsonNode job(String id) {
        return call("GET", "/v1/jobs/" + id, "", token);
    }

    String state(String id) {
        return job(id).path("state").asString("none");
    }

    int receipts(String id) {
        return call("GET", "/v1/jobs/" + id + "/receipts", "", token)
                .path("items")
                .size();
    }

    void cancel(String id) {
        call("POST", "/v1/jobs/" + id + "/cancel", "{}", token);
    }

    private JsonNode call(String method, String path, String body, String bearer) {
        Request.Builder request = new Request.Builder().url(url + path);
        if (!body.isEmpty()) {
            request.method(method, RequestBody.create(body, MediaType.get("application/json")));
        }
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        try (Response response = http.newCall(request.build()).execute()) {
            return Json.MAPPER.readTree(response.body().string());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdownNow();
        http.connectionPool().evictAll();
    }
}
