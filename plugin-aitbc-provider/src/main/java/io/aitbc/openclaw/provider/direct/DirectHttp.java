package io.aitbc.openclaw.provider.direct;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.provider.coordinator.OnceBody;
import java.net.Proxy;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.CookieJar;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;

/**
 * The client for endpoints of strangers. It shares nothing with the one that carries the wallet's login: no headers of ours,
 * no cookies, no proxy, no redirect, and no connection: with HTTP/1.1 only, OkHttp keeps connections apart by scheme, host
 * and port, and never serves one host over the connection of another.
 */
public final class DirectHttp implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final EndpointRules rules;
    private final DirectLimits limits;
    private final Dns resolver;
    private final Optional<X509TrustManager> trusted;
    private final ReentrantLock lock = new ReentrantLock();
    /** Made for the first call: that takes a while, and most hosts never make one. */
    private Optional<OkHttpClient> client = Optional.empty();

    /**
     * @param authorities certificates to trust beside those of the JDK, in PEM
     * @throws OpenClawException with INVALID_CONFIG if they cannot be read
     */
    public DirectHttp(EndpointRules rules, DirectLimits limits, Optional<Path> authorities) {
        this(rules, limits, authorities, Dns.SYSTEM);
    }

    DirectHttp(EndpointRules rules, DirectLimits limits, Optional<Path> authorities, Dns resolver) {
        this.rules = rules;
        this.limits = limits;
        this.resolver = resolver;
        this.trusted = authorities.map(ExtraTrust::with);
    }

    private OkHttpClient client() {
        lock.lock();
        try {
            OkHttpClient made = client.orElseGet(this::make);
            client = Optional.of(made);
            return made;
        } finally {
            lock.unlock();
        }
    }

    private OkHttpClient make() {
        OkHttpClient.Builder builder = new OkHttpClient.Builder();
        trusted.ifPresent(manager -> trust(builder, manager));
        return builder.dns(new VettedDns(resolver, rules.allowLoopback()))
                .socketFactory(new VettedSockets(rules.allowLoopback()))
                .protocols(List.of(Protocol.HTTP_1_1))
                .proxy(Proxy.NO_PROXY)
                .cookieJar(CookieJar.NO_COOKIES)
                .authenticator(Authenticator.NONE)
                .proxyAuthenticator(Authenticator.NONE)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(Duration.ZERO)
                .writeTimeout(limits.idle())
                .callTimeout(limits.total())
                .build();
    }

    private static void trust(OkHttpClient.Builder builder, X509TrustManager manager) {
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[] {manager}, null);
            builder.sslSocketFactory(tls.getSocketFactory(), manager);
        } catch (GeneralSecurityException e) {
            throw new OpenClawException(ErrorCode.INTERNAL, "The JDK cannot do TLS", e);
        }
    }

    EndpointRules rules() {
        return rules;
    }

    DirectLimits limits() {
        return limits;
    }

    /** The whole of what is sent. Compression is declined: an answer would not be what its length says. */
    Call call(DirectEndpoint endpoint, DirectQuestion question) {
        return client().newCall(new Request.Builder()
                .url(endpoint.path(question.path()))
                .header("Accept", "application/x-ndjson")
                .header("Accept-Encoding", "identity")
                .header("User-Agent", "openclaw")
                .post(new OnceBody(question.json()))
                .build());
    }

    @Override
    public void close() {
        lock.lock();
        try {
            client.ifPresent(made -> {
                made.dispatcher().cancelAll();
                made.connectionPool().evictAll();
            });
        } finally {
            lock.unlock();
        }
    }

    /** How many connections are kept, for tests. */
    int connections() {
        return client().connectionPool().connectionCount();
    }
}
