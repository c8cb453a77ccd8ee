package io.aitbc.openclaw.host.http;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.http.answer.Answers;
import io.aitbc.openclaw.host.http.answer.Models;
import io.aitbc.openclaw.host.http.answer.ProofRecorder;
import io.aitbc.openclaw.host.http.anthropic.AnthropicApi;
import io.aitbc.openclaw.host.http.ollama.OllamaApi;
import io.aitbc.openclaw.host.http.openai.OpenAiApi;
import io.aitbc.openclaw.host.http.wire.ConnectionLimits;
import io.aitbc.openclaw.host.http.wire.Connections;
import io.aitbc.openclaw.host.http.wire.Routes;
import io.aitbc.openclaw.host.http.wire.Work;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the Ollama API, and the parts of the OpenAI and Anthropic APIs that Ollama serves, over what is loaded. Each request
 * has a virtual thread of its own.
 */
public final class ApiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final int HEADER_BYTES = 64 * 1024;

    /** What Helidon waits beyond our own deadline, so that the last lines get out. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private static final Duration ONCE = Duration.ofSeconds(1);

    private final WebServer server;
    private final Connections connections;
    private final ProofRecorder recorder;
    private final Duration shutdownGrace;
    private boolean closed;

    private ApiServer(WebServer server, Connections connections, ProofRecorder recorder, Duration shutdownGrace) {
        this.server = server;
        this.connections = connections;
        this.recorder = recorder;
        this.shutdownGrace = shutdownGrace;
    }

    /** Loads what a server needs of the HTTP library, so that a start on several cores can do something else meanwhile. */
    public static void prepare() {
        WebServer unused = builder()
                .port(0)
                .addConnectionSelector(new Connections(http1(), new ConnectionLimits(ONCE, ONCE, ONCE, ONCE)))
                .routing(HttpRouting.builder().any((request, response) -> response.send()))
                .build();
        LOG.atDebug().addKeyValue("running", unused.isRunning()).log("HTTP library loaded");
    }

    private static WebServerConfig.Builder builder() {
        HttpLibrary.withoutDiscovery();
        return WebServer.builder()
                .shutdownHook(false)
                .connectionOptions(socket -> socket.tcpNoDelay(true))
                .writeBufferSize(0)
                // Only our selector, so that a connection is watched before its first byte.
                .protocolsDiscoverServices(false)
                .featuresDiscoverServices(false);
    }

    /**
     * Starts to serve.
     *
     * @throws OpenClawException with {@link ErrorCode#MISSING_KEY} when the address is not loopback and there is no API key,
     *     with {@link ErrorCode#INVALID_CONFIG} when the address cannot be used
     */
    public static ApiServer start(ApiServerOptions options, Extensions extensions, HostInfo info) {
        InetAddress address = address(options);
        if (!address.isLoopbackAddress()
                && options.apiKey().filter(key -> !key.isBlank()).isEmpty()) {
            throw new OpenClawException(
                    ErrorCode.MISSING_KEY,
                    "Listening on %s needs an API key: set one, or listen on 127.0.0.1".formatted(options.host()));
        }
        requireFree(address, options);
        Connections connections = new Connections(
                http1(),
                new ConnectionLimits(
                        options.headerTimeout(), options.bodyTimeout(), options.idleTimeout(), options.writeTimeout()));
        ProofRecords records = options.proofRecords();
        ProofRecorder recorder = new ProofRecorder(
                extensions,
                info.proofs(),
                records != ProofRecords.OFF,
                records == ProofRecords.ALL,
                options.recordPatience(),
                InstantSource.system());
        WebServer server = builder()
                .bindAddress(new InetSocketAddress(address, options.port()))
                .shutdownGracePeriod(options.shutdownGrace().plus(LAST_WORDS))
                .maxTcpConnections(options.maxConnections())
                .addConnectionSelector(connections)
                .routing(HttpRouting.builder().any(handler(options, extensions, info, address, recorder)))
                .build();
        server.start();
        if (!server.isRunning()) {
            connections.close();
            recorder.close();
            throw cannotListen(options);
        }
        return new ApiServer(server, connections, recorder, options.shutdownGrace());
    }

    /**
     * Helidon only logs that it cannot listen, at length. The port is taken without listening: a client that waits for the host would
     * be connected, and cut off.
     */
    private static void requireFree(InetAddress address, ApiServerOptions options) {
        if (options.port() == 0) {
            return;
        }
        try (Socket socket = new Socket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, options.port()));
            LOG.atDebug().addKeyValue("port", socket.getLocalPort()).log("port is free");
        } catch (IOException e) {
            throw cannotListen(options);
        }
    }

    private static OpenClawException cannotListen(ApiServerOptions options) {
        return new OpenClawException(
                ErrorCode.INVALID_CONFIG,
                "Cannot listen on %s port %d: is it in use?".formatted(options.host(), options.port()));
    }

    private static InetAddress address(ApiServerOptions options) {
        try {
            return InetAddress.getByName(options.host());
        } catch (UnknownHostException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG, "Cannot listen on '%s': no such host".formatted(options.host()), e);
        }
    }

    private static Http1Config http1() {
        return Http1Config.builder()
                .maxHeadersSize(HEADER_BYTES)
                .maxPrologueLength(HEADER_BYTES)
                .sendKeepAliveHeader(false)
                .build();
    }

    private static ApiHandler handler(
            ApiServerOptions options,
            Extensions extensions,
            HostInfo info,
            InetAddress address,
            ProofRecorder recorder) {
        Models models = new Models(extensions);
        Answers answers = new Answers(extensions, models, recorder, options.longestSilence());
        InstantSource clock = InstantSource.system();
        Routes routes = new Routes();
        Loading loading = info.loading();
        new OllamaApi(models, answers, loading::await, options.version(), clock).addTo(routes);
        new OpenAiApi(models, answers, loading::await, clock).addTo(routes);
        new AnthropicApi(answers).addTo(routes);
        new OpenClawApi(extensions, answers, info, recorder).addTo(routes);
        return new ApiHandler(routes, new Gate(options, address.isLoopbackAddress()), new ErrorWriter(), info, options);
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** How many clients are connected. */
    public int connections() {
        return connections.count();
    }

    /**
     * Stops accepting, lets running answers finish until the grace period is over, then ends them with an error line. Returns
     * when all connections are closed.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (ScheduledExecutorService deadline =
                Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory())) {
            deadline.schedule(
                    () -> connections.stop(Work.Stop.SHUTDOWN), shutdownGrace.toMillis(), TimeUnit.MILLISECONDS);
            server.stop();
            deadline.shutdownNow();
        }
        connections.close();
        recorder.close();
    }
}
