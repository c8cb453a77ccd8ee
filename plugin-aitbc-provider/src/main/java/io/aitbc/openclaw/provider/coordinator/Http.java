package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.provider.coordinator.TransportException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** One HTTP call with a deadline and a limit on the size of its answer. Never follows redirects, never repeats a body. */
public final class Http implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);
    /** With fewer than calls under way, connections are closed after nearly each call and opened for the next. */
    private static final int IDLE_CONNECTIONS = 64;

    private static final int IDLE_MINUTES = 1;

    private final OkHttpClient client;
    private final InstantSource clock;

    /** @param encrypted whether the servers are called over TLS; otherwise its set-up, a tenth of a second, is saved */
    public Http(InstantSource clock, boolean encrypted) {
        this.clock = clock;
        OkHttpClient.Builder builder = new OkHttpClient.Builder();
        if (!encrypted) {
            builder.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
        }
        client = builder.connectionPool(new ConnectionPool(IDLE_CONNECTIONS, IDLE_MINUTES, TimeUnit.MINUTES))
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .followRedirects(false)
                .followSslRedirects(false)
                .eventListenerFactory(Http::listener)
                .build();
    }

    /**
     * @param deadline for the whole call, from connecting to the last byte of the answer
     * @param maxBytes longest answer
     * @throws OpenClawException with CANCELED, or MALFORMED_ANSWER when the answer is too long
     */
    Reply call(Request request, Duration deadline, int maxBytes, CallScope scope) throws TransportException {
        SentFlag sent = new SentFlag(new AtomicBoolean());
        Call call =
                client.newCall(request.newBuilder().tag(SentFlag.class, sent).build());
        call.timeout().timeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
        scope.begin(call);
        try (Response response = call.execute()) {
            return new Reply(
                    response.code(), body(response, maxBytes), retryAfter(response), bearerChallenge(response));
        } catch (IOException e) {
            scope.check();
            throw failure(request, deadline, sent, e);
        } finally {
            scope.end(call);
        }
    }

    /**
     * Begins a stream of events. Whatever the status is, the caller reads and closes it.
     *
     * @throws OpenClawException with CANCELED or FIRST_BYTE_TIMEOUT
     */
    EventStream stream(Request request, EventStream.Limits limits, CallScope scope) throws TransportException {
        SentFlag sent = new SentFlag(new AtomicBoolean());
        long started = System.nanoTime();
        Call call = client.newBuilder()
                .readTimeout(limits.firstEvent())
                .build()
                .newCall(request.newBuilder().tag(SentFlag.class, sent).build());
        call.timeout().timeout(limits.whole().toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
        scope.begin(call);
        try {
            return new EventStream(call.execute(), call, limits, started, scope);
        } catch (IOException e) {
            scope.end(call);
            scope.check();
            if (sent.value().get() && e instanceof InterruptedIOException) {
                throw new OpenClawException(
                        ErrorCode.FIRST_BYTE_TIMEOUT,
                        "%s did not begin to answer within %d ms"
                                .formatted(place(request), limits.firstEvent().toMillis()));
            }
            throw failure(request, limits.firstEvent(), sent, e);
        }
    }

    private static String body(Response response, int maxBytes) throws IOException {
        byte[] bytes = response.body().byteStream().readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            throw new OpenClawException(
                    ErrorCode.MALFORMED_ANSWER,
                    "%s answered with more than %d bytes".formatted(place(response.request()), maxBytes));
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static TransportException failure(Request request, Duration deadline, SentFlag sent, IOException e) {
        String place = place(request);
        if (!sent.value().get()) {
            return new TransportException(Kind.NOT_SENT, "%s cannot be reached: %s".formatted(place, reason(e)), e);
        }
        if (e instanceof InterruptedIOException) {
            return new TransportException(
                    Kind.TIMED_OUT, "%s did not answer within %d ms".formatted(place, deadline.toMillis()), e);
        }
        return new TransportException(Kind.BROKEN, "%s broke the connection: %s".formatted(place, reason(e)), e);
    }

    /** Where it went, without query and credentials. */
    private static String place(Request request) {
        return "%s %s://%s:%d%s"
                .formatted(
                        request.method(),
                        request.url().scheme(),
                        request.url().host(),
                        request.url().port(),
                        request.url().encodedPath());
    }

    private static String reason(IOException e) {
        return ErrorText.line(FailureReason.of(e));
    }

    private static boolean bearerChallenge(Response response) {
        return response.headers("WWW-Authenticate").stream()
                .anyMatch(challenge -> challenge.strip().regionMatches(true, 0, "Bearer", 0, 6));
    }

    private Optional<Duration> retryAfter(Response response) {
        String header = response.header("Retry-After");
        if (header == null) {
            return Optional.empty();
        }
        Duration wait;
        try {
            wait = header.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(header))
                    : Duration.between(clock.instant(), httpDate(header));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
        if (wait.isNegative()) {
            return Optional.of(Duration.ZERO);
        }
        return Optional.of(wait.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wait);
    }

    private static Instant httpDate(String header) {
        return ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    }

    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.connectionPool().evictAll();
    }

    private record SentFlag(AtomicBoolean value) {}

    private static EventListener listener(Call call) {
        SentFlag flag = call.request().tag(SentFlag.class);
        return new EventListener() {
            @Override
            public void requestHeadersStart(Call started) {
                if (flag != null) {
                    flag.value().set(true);
                }
            }
        };
    }
}
