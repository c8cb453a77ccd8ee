package io.aitbc.openclaw.host.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the API is served.
 *
 * @param host address or name to listen on
 * @param port 0: any free one
 * @param apiKey what clients must send as {@code Authorization: Bearer …}; required when {@code host} is not loopback
 * @param allowedOrigins of web pages that may call, beside those of this machine: {@code https://app.example}; a {@code *} in
 *     it stands for any text, {@code *} alone for all origins
 * @param maxRequestBytes largest body, blobs excepted
 * @param maxConcurrentRequests answers under way at a time; more are told to try again
 * @param maxConnections open at a time; more wait to be accepted
 * @param writeTimeout for one write: a client that does not read is cut off
 * @param headerTimeout from the first byte of a request to the end of its header
 * @param bodyTimeout between two pieces of a request's body
 * @param idleTimeout between two requests of a connection
 * @param shutdownGrace how long running answers may go on when the server is closed
 * @param longestSilence of a streamed answer that is being worked on, before its client gets a sign of life
 * @param version for {@code /api/version}
 * @param proofRecords of which answers the proof chain gets a record
 * @param recordPatience how long the last line of a network's answer waits for its record to be on disk
 */
public record ApiServerOptions(
        String host,
        int port,
        Optional<String> apiKey,
        List<String> allowedOrigins,
        long maxRequestBytes,
        int maxConcurrentRequests,
        int maxConnections,
        Duration writeTimeout,
        Duration headerTimeout,
        Duration bodyTimeout,
        Duration idleTimeout,
        Duration shutdownGrace,
        Duration longestSilence,
        String version,
        ProofRecords proofRecords,
        Duration recordPatience) {
    /**
     * The version of Ollama whose API this server's is compatible with. Clients compare it: it has to be numbers and dots.
     */
    public static final String COMPATIBLE_VERSION = "0.33.3";

    /** Ollama's port plus one, so that both can run. */
    public static final int DEFAULT_PORT = 11435;

    private static final ApiServerOptions DEFAULTS = new ApiServerOptions(
            "127.0.0.1",
            DEFAULT_PORT,
            Optional.empty(),
            List.of(),
            64L << 20,
            1024,
            8192,
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            COMPATIBLE_VERSION,
            ProofRecords.NETWORK,
            Duration.ofSeconds(5));

    public ApiServerOptions {
        allowedOrigins = List.copyOf(allowedOrigins);
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
        }
        if (maxRequestBytes < 1 || maxRequestBytes > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException("maxRequestBytes must be 1 to 1 GiB, not " + maxRequestBytes);
        }
    }

    /** Loopback, port {@value #DEFAULT_PORT}, no key. */
    public static ApiServerOptions defaults() {
        return DEFAULTS;
    }

    public ApiServerOptions withAddress(String otherHost, int otherPort) {
        return new ApiServerOptions(
                otherHost,
                otherPort,
                apiKey,
                allowedOrigins,
                maxRequestBytes,
                maxConcurrentRequests,
                maxConnections,
                writeTimeout,
                headerTimeout,
                bodyTimeout,
                idleTimeout,
                shutdownGrace,
                longestSilence,
                version,
                proofRecords,
                recordPatience);
    }

    public ApiServerOptions withPort(int otherPort) {
        return withAddress(host, otherPort);
    }

    public ApiServerOptions withApiKey(String key) {
        return new ApiServerOptions(
                host,
                port,
                Optional.of(key),
                allowedOrigins,
                maxRequestBytes,
                maxConcurrentRequests,
                maxConnections,
                writeTimeout,
                headerTimeout,
                bodyTimeout,
                idleTimeout,
                shutdownGrace,
                longestSilence,
                version,
                proofRecords,
                recordPatience);
    }

    public ApiServerOptions withAllowedOrigins(List<String> origins) {
        return new ApiServerOptions(
                host,
                port,
                apiKey,
                origins,
                maxRequestBytes,
                maxConcurrentRequests,
                maxConnections,
                writeTimeout,
                headerTimeout,
                bodyTimeout,
                idleTimeout,
                shutdownGrace,
                longestSilence,
                version,
                proofRecords,
                recordPatience);
    }

    public ApiServerOptions withLimits(long requestBytes, int concurrentRequests, int connections) {
        return new ApiServerOptions(
                host,
                port,
                apiKey,
                allowedOrigins,
                requestBytes,
                concurrentRequests,
                connections,
                writeTimeout,
                headerTimeout,
                bodyTimeout,
                idleTimeout,
                shutdownGrace,
                longestSilence,
                version,
                proofRecords,
                recordPatience);
    }

    public ApiServerOptions withTimeouts(Duration write, Duration header, Duration body, Duration idle) {
        return new ApiServerOptions(
                host,
                port,
                apiKey,
                allowedOrigins,
                maxRequestBytes,
                maxConcurrentRequests,
                maxConnections,
                write,
                header,
                body,
                idle,
                shutdownGrace,
                longestSilence,
                version,
                proofRecords,
                recordPatience);
    }

    public ApiServerOptions withShutdownGrace(Duration grace) {
        return new ApiServerOptions(
                host,
                port,
                apiKey,
                allowedOrigins,
                maxRequestBytes,
                maxConcurrentRequests,
                maxConnections,
                writeTimeout,
                headerTimeout,
                bodyTimeout,
                idleTimeout,
                grace,
                longestSilence,
                version,
                proofRecords,
                recordPatience);
    }

    public ApiServerOptions withLongestSilence(Duration silence) {
        return new ApiServerOptions(
                host,
                port,
                apiKey,
                allowedOrigins,
                maxRequestBytes,
                maxConcurrentRequests,
                maxConnections,
                writeTimeout,
                headerTimeout,
                bodyTimeout,
                idleTimeout,
                shutdownGrace,
                silence,
                version,
                proofRecords,
                recordPatience);
    }

    public ApiServerOptions withProofRecords(ProofRecords which) {
        return new ApiServerOptions(
                host,
                port,
                apiKey,
                allowedOrigins,
                maxRequestBytes,
                maxConcurrentRequests,
                maxConnections,
                writeTimeout,
                headerTimeout,
                bodyTimeout,
                idleTimeout,
                shutdownGrace,
                longestSilence,
                version,
                which,
                recordPatience);
    }

    public ApiServerOptions withRecordPatience(Duration patience) {
        return new ApiServerOptions(
                host,
                port,
                apiKey,
                allowedOrigins,
                maxRequestBytes,
                maxConcurrentRequests,
                maxConnections,
                writeTimeout,
                headerTimeout,
                bodyTimeout,
                idleTimeout,
                shutdownGrace,
                longestSilence,
                version,
                proofRecords,
                patience);
    }
}
