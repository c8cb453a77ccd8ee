package io.aitbc.openclaw.provider.conformance;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Coins of a devnet, from its faucet. The plugin has no client for it: a faucet that mints is no part of a real network. */
final class DevnetMoney {
    private DevnetMoney() {}

    static void give(String chainUrl, String address) {
        Request request = new Request.Builder()
                .url(chainUrl + "/rpc/faucet")
                .post(RequestBody.create(
                        "{\"address\":\"%s\",\"amount\":720000}".formatted(address), MediaType.get("application/json")))
                .build();
        OkHttpClient client = new OkHttpClient();
        try (Response response = client.newCall(request).execute()) {
            if (!response.isSuccessful()) {
                throw new AssertionError("The faucet answered " + response.code());
            }
        } catch (IOException e) {
            throw new AssertionError("The faucet cannot be reached", e);
        } finally {
            client.connectionPool().evictAll();
            client.dispatcher().executorService().shutdown();
        }
    }
}
