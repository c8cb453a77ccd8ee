package test.verifier;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** A client of the shared OkHttp that was used both ways and is never shut down. Its threads and its connection wait for more. */
final class Requesting {
    private Requesting() {}

    static void twice(String url) {
        try {
            Request request = new Request.Builder().url(url).build();
            OkHttpClient client = new OkHttpClient.Builder().addInterceptor(chain -> chain.proceed(chain.request())).build();
            try (Response response = client.newCall(request).execute()) {
                check(response);
            }
            CountDownLatch answered = new CountDownLatch(1);
            client.newCall(request).enqueue(new Callback() {
                @Override
                public void onFailure(Call call, IOException failure) {}

                @Override
                public void onResponse(Call call, Response response) {
                    check(response);
                    response.close();
                    answered.countDown();
                }
            });
            answered.await();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void check(Response response) {
        if (response.code() != 204) {
            throw new IllegalStateException("another answer");
        }
    }
}
