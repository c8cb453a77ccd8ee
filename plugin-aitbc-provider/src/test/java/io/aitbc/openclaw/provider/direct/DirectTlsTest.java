package io.aitbc.openclaw.provider.direct;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DirectTlsTest {
    private static final String PASSWORD = "changeit";
    private static final DirectLimits LIMITS =
            DirectLimits.of(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20));

    @TempDir
    static Path folder;

    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
    private HttpsServer server;

    /** A certificate for {@code gpu.seller.net}, made by the JDK's own tool. */
    @BeforeAll
    static void certificate() throws Exception {
        keytool("-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname", "CN=x", "-ext", "san=dns:gpu.seller.net");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "a",
                "-file",
                folder.resolve("a.pem").toString());
    }

    private static void keytool(String... arguments) throws Exception {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = new java.util.ArrayList<>(List.of(tool.toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", folder.resolve("a.p12").toString(), "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).describedAs(output).isZero();
    }

    @BeforeEach
    void start() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("a.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/", exchange -> {
            byte[] body = "{\"model\":\"m:1\",\"done\":true}\n".getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/x-ndjson");
            exchange.getResponseHeaders().add("Connection", "close");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        timer.shutdownNow();
    }

    private DirectExchange.Whole ask(String host, Optional<Path> authorities, String... addresses) {
        Deque<String> answers = new ArrayDeque<>(List.of(addresses));
        EndpointRules rules = new EndpointRules(Set.of(server.getAddress().getPort()), List.of(), true);
        try (DirectHttp http = new DirectHttp(
                rules, LIMITS, authorities, name -> List.of(InetAddress.ofLiteral(answers.removeFirst())))) {
            DirectEndpoint endpoint = DirectEndpoint.of(
                    "https://%s:%d".formatted(host, server.getAddress().getPort()), rules);
            DirectExchange.Whole whole = null;
            for (int question = 0; question < addresses.length; question++) {
                whole = new DirectExchange(
                                http,
                                endpoint,
                                new DirectQuestion("api/chat", "m:1", "{}"),
                                new CollectingSink(),
                                new CallScope())
                        .ask(timer);
            }
            return java.util.Objects.requireNonNull(whole);
        }
    }

    @Test
    void an_authority_of_the_operator_is_trusted_beside_those_of_the_jdk() {
        assertThat(ask("gpu.seller.net", Optional.of(folder.resolve("a.pem")), "127.0.0.1")
                        .last()
                        .done())
                .isTrue();
    }

    @Test
    void a_certificate_of_an_unknown_authority_is_refused() {
        OpenClawException failure =
                Failures.assertFails(ErrorCode.UNREACHABLE, () -> ask("gpu.seller.net", Optional.empty(), "127.0.0.1"));
        assertThat(failure).hasMessageContaining("cannot be trusted");
    }

    @Test
    void a_certificate_of_another_name_is_refused() {
        OpenClawException failure = Failures.assertFails(
                ErrorCode.UNREACHABLE,
                () -> ask("other.seller.net", Optional.of(folder.resolve("a.pem")), "127.0.0.1"));
        assertThat(failure).hasMessageContaining("cannot be trusted");
    }

    @Test
    void a_name_that_moves_to_a_private_address_is_refused_at_the_next_connection() {
        OpenClawException failure = Failures.assertFails(
                ErrorCode.PROVIDER_FAILED,
                () -> ask("gpu.seller.net", Optional.of(folder.resolve("a.pem")), "127.0.0.1", "192.168.7.7"));
        assertThat(failure).hasMessageContaining("192.168.7.7 is a private address");
    }

    @Test
    void a_file_that_holds_no_certificates_is_a_mistake_in_the_settings() throws Exception {
        Path file = Files.writeString(folder.resolve("b.pem"), "no certificate");
        Failures.assertFails(ErrorCode.INVALID_CONFIG, () -> ask("gpu.seller.net", Optional.of(file), "127.0.0.1"));
    }
}
