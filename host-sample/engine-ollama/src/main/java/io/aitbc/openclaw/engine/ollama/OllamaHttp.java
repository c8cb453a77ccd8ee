package io.aitbc.openclaw.engine.ollama;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HTTP to one Ollama. All clients here share one pool of connections. */
final class OllamaHttp implements AutoCloseable {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final int IDLE_CONNECTIONS = 256;
    private static final long DOCUMENT_LIMIT = 64L << 20;

    private final URI url;
    private final Failures failures;
    /** Has no timeouts of its own: answers are watched by a {@link Watchdog}, which knows more than a clock. */
    private final OkHttpClient streams;
    /** A limit on the whole call. */
    private final OkHttpClient management;
    /** A limit on silence only, for long operations that report progress. */
    private final OkHttpClient operations;

    private final Request template;

    OllamaHttp(OllamaEngineOptions options) {
        url = options.url();
        failures = new Failures(url);
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, 5, TimeUnit.MINUTES))
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectTimeout(options.connectTimeout())
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                // Connects on the caller's own thread, one address after the other.
                .fastFallback(false)
                .followRedirects(false);
        if (isLocal()) {
            builder.proxy(Proxy.NO_PROXY);
        }
        if ("http".equals(url.getScheme())) {
            // Saves the set-up of TLS, a tenth of a second of the host's start.
            builder.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
        }
        streams = builder.build();
        management =
                streams.newBuilder().callTimeout(options.managementTimeout()).build();
        operations = streams.newBuilder().readTimeout(options.loadTimeout()).build();
        Request.Builder request = new Request.Builder()
                .url(String.valueOf(HttpUrl.get(url)))
                .header("User-Agent", "openclaw-aitbc")
                // Plain bytes: nothing to unpack on the token path, and nothing that unpacks to more than it seems.
                .header("Accept-Encoding", "identity");
        options.apiKey().ifPresent(key -> request.header("Authorization", "Bearer " + key));
        template = request.build();
    }

    URI url() {
        return url;
    }

    Failures failures() {
        return failures;
    }

    /** Whether Ollama runs on this machine. */
    boolean isLocal() {
        try {
            return InetAddress.getByName(url.getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    HttpUrl endpoint(String path) {
        return template.url().newBuilder().encodedPath(path).build();
    }

    /** A call on the token path. */
    Call stream(HttpUrl endpoint, byte[] body) {
        return streams.newCall(request(endpoint, "POST", RequestBody.create(body, JSON)));
    }

    /** A call that may take long as long as it reports progress. */
    Call operation(String path, byte[] body) {
        return operations.newCall(request(endpoint(path), "POST", RequestBody.create(body, JSON)));
    }

    JsonNode get(String path) {
        return document(management.newCall(request(endpoint(path), "GET", null)));
    }

    JsonNode post(String path, byte[] body) {
        return document(management.newCall(request(endpoint(path), "POST", RequestBody.create(body, JSON))));
    }

    /** A call that answers with a status only, or with a body nobody needs. */
    int send(String method, String path, @Nullable RequestBody body, boolean patient) {
        OkHttpClient client = patient ? operations : management;
        try (Response response = execute(client.newCall(request(endpoint(path), method, body)))) {
            if (!response.isSuccessful() && !(method.equals("HEAD") && response.code() == 404)) {
                throw failures.ofResponse(response);
            }
            return response.code();
        } catch (IOException e) {
            throw failures.beforeAnswer(e);
        }
    }

    /** Runs a call whose answer is one JSON document. */
    JsonNode document(Call call) {
        try (Response response = execute(call)) {
            if (!response.isSuccessful()) {
                throw failures.ofResponse(response);
            }
            byte[] bytes = Limits.readAll(response.body().source(), DOCUMENT_LIMIT, failures);
            return JsonMapper.shared().readTree(bytes);
        } catch (JacksonException e) {
            throw failures.malformed("an answer that is not JSON");
        } catch (IOException e) {
            throw call.isCanceled() && !(e instanceof InterruptedIOException)
                    ? new OpenClawException(ErrorCode.CANCELED, "The call was canceled", e)
                    : failures.beforeAnswer(e);
        }
    }

    /** Runs a call. Kotlin declares no checked exceptions, so an interrupt may come out of OkHttp unannounced. */
    static Response execute(Call call) throws IOException {
        try {
            return call.execute();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    private Request request(HttpUrl endpoint, String method, @Nullable RequestBody body) {
        return template.newBuilder().url(endpoint).method(method, body).build();
    }

    @Override
    public void close() {
        streams.dispatcher().cancelAll();
        streams.connectionPool().evictAll();
        streams.dispatcher().executorService().shutdown();
    }
}
