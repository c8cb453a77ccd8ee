package io.aitbc.openclaw.provider;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.aitbc.openclaw.provider.coordinator.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A coordinator and marketplace service on a loopback port that do what a test tells them to. */
final class ScriptedCoordinator implements AutoCloseable {
    static final String KEY = "0xabababababababababababababababababababababababababababababababab";
    static final String ADDRESS = "0xe239cdc5fbe977a8a141b72194d3cf8c41bc5bc6";
    static final String SELLER = "0x2c581a028cedc657fd1b754ab9de4eaaf9c6ca5d";

    /** What happens to a submission. */
    enum Submit {
        NORMAL,
        DROP,
        COMMIT_THEN_DROP,
        COMMIT_THEN_500,
        FAIL_500,
        COMMIT_THEN_503_RETRY_NOW,
        LIMIT_RATE,
        HOLD,
        TOKEN_REFUSED
    }

    final List<String> requests = new CopyOnWriteArrayList<>();
    final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    final Deque<Submit> submits = new ArrayDeque<>();
    final Map<String, ScriptedJob> jobs = new LinkedHashMap<>();
    final CountDownLatch held = new CountDownLatch(1);
    final CountDownLatch letGo = new CountDownLatch(1);

    String offers = "";
    String paymentStatus = "escrowed";
    String retryAfter = "0";
    boolean refunds = true;
    boolean signs = true;
    boolean listShowsPayload = true;
    int limitPolls;
    int failPolls;
    int logins;
    String token = "none";
    Consumer<ScriptedJob> onPoll = job -> {
        if (job.state.equals("QUEUED")) {
            job.run("miner-a");
        } else if (job.state.equals("RUNNING")) {
            job.completeWith("Hello there");
        }
    };
    Consumer<ScriptedJob> onResult = job -> {};

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    ScriptedCoordinator() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    static String offer(String model, String node, String price) {
        return """
                {"plugin_id":"ollama-%s","offer_id":"offer-%s-%s","service_type":"ollama","model":"%s","price":"%s",\
                "price_unit":"per_1k_tokens","node_id":"%s","provider_address":"%s","gpu_name":"RTX 4090",\
                "status":"active","registered_at":"2026-11-22T11:35:24.155525+00:00Z"}""".formatted(model, node, model, model, price, node, SELLER);
    }

    long count(String request) {
        return requests.stream().filter(request::equals).count();
    }

    synchronized ScriptedJob onlyJob() {
        if (jobs.size() != 1) {
            throw new AssertionError("Expected one job, there are " + jobs.size());
        }
        return jobs.values().iterator().next();
    }

    synchronized List<ScriptedJob> allJobs() {
        return List.copyOf(jobs.values());
    }

    /** Changes a job under the server's lock. */
    synchronized void with(ScriptedJob job, Consumer<ScriptedJob> change) {
        change.accept(job);
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(method + " " + shape(path));
            connections.add(exchange.getRemoteAddress());
            Submit submit = Submit.NORMAL;
            if (method.equals("POST") && path.equals("/v1/jobs")) {
                synchronized (this) {
                    submit = submits.isEmpty() ? Submit.NORMAL : submits.poll();
                }
                if (submit == Submit.HOLD) {
                    held.countDown();
                    letGo.await();
                }
            }
            synchronized (this) {
                route(exchange, method, path, body, submit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String shape(String path) {
        return path.replaceAll("/v1/jobs/[^/]+", "/v1/jobs/{id}").replaceAll("/v1/payments/[^/]+", "/v1/payments/{id}");
    }

    private void route(HttpExchange exchange, String method, String path, String body, Submit submit)
            throws IOException {
        switch (method + " " + shape(path)) {
            case "GET /health" -> send(exchange, 200, "{\"status\":\"ok\"}");
            case "GET /v1/marketplace/offer" -> send(exchange, 200, "{\"offers\":[%s],\"total\":1}".formatted(offers));
            case "GET /v1/exchange/rates" ->
                send(exchange, 200, "{\"eth_to_aitbc\":\"1000\",\"aitbc_to_eth\":\"0.001\",\"fee_percent\":0.5}");
            case "POST /v1/agents/discover" -> send(exchange, 200, AGENTS);
            case "GET /v1/marketplace/gpu/list" -> send(exchange, 200, GPUS);
            case "POST /v1/auth/nonce" -> send(exchange, 200, "{\"nonce\":\"otpw_vrOqFUtZuDDRJs-JA\"}");
            case "POST /v1/login" -> login(exchange, Json.MAPPER.readTree(body));
            default -> authorized(exchange, method, path, body, submit);
        }
    }

    private void login(HttpExchange exchange, JsonNode body) throws IOException {
        logins++;
        // The signature of the recorded vector: the nonce above is the recorded one.
        boolean right = body.path("signature").stringValue().startsWith("0xbd826a177eb0588a45c4f7821003654225e2bee3");
        if (!right) {
            send(exchange, 401, "{\"detail\":\"Invalid wallet signature\"}");
            return;
        }
        token = "token-" + logins;
        send(exchange, 200, "{\"user_id\":\"u\",\"session_token\":\"%s\"}".formatted(token));
    }

    private void authorized(HttpExchange exchange, String method, String path, String body, Submit submit)
            throws IOException {
        String bearer = exchange.getRequestHeaders().getFirst("Authorization");
        if (bearer == null || !bearer.equals("Bearer " + token)) {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer");
            send(exchange, 401, "{\"detail\":\"Invalid token\"}");
            return;
        }
        if (path.equals("/v1/jobs")) {
            if (method.equals("POST")) {
                submit(exchange, body, submit);
            } else {
                send(exchange, 200, list());
            }
            return;
        }
        String[] parts = path.split("/");
        ScriptedJob job = jobs.get(parts[3].replaceFirst("^pay", ""));
        if (job == null) {
            send(exchange, 404, "{\"detail\":\"job not found\"}");
            return;
        }
        switch (method + " " + shape(path)) {
            case "GET /v1/jobs/{id}" -> poll(exchange, job);
            case "GET /v1/jobs/{id}/result" -> result(exchange, job);
            case "GET /v1/jobs/{id}/receipts" ->
                send(exchange, 200, "{\"items\":[%s]}".formatted(String.join(",", job.receipts)));
            case "POST /v1/jobs/{id}/cancel" -> cancel(exchange, job);
            case "GET /v1/jobs/{id}/payment", "GET /v1/payments/{id}" -> payment(exchange, job);
            case "POST /v1/payments/{id}/refund" -> refund(exchange, job);
            default -> send(exchange, 403, "{\"detail\":\"Forbidden\"}");
        }
    }

    private void submit(HttpExchange exchange, String body, Submit behaviour) throws IOException {
        switch (behaviour) {
            case NORMAL, HOLD -> send(exchange, 201, commit(body).view());
            case DROP -> {}
            case COMMIT_THEN_DROP -> commit(body);
            case COMMIT_THEN_500 -> {
                commit(body);
                send(exchange, 500, INTERNAL);
            }
            case FAIL_500 -> send(exchange, 500, INTERNAL);
            case COMMIT_THEN_503_RETRY_NOW -> {
                commit(body);
                exchange.getResponseHeaders().add("Retry-After", "0");
                send(exchange, 503, "{\"detail\":\"try again\"}");
            }
            case LIMIT_RATE -> limitRate(exchange);
            case TOKEN_REFUSED -> {
                token = "changed";
                send(exchange, 401, "{\"detail\":\"Invalid token\"}");
            }
        }
    }

    private void limitRate(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Retry-After", retryAfter);
        send(exchange, 429, "{\"detail\":\"Rate limit exceeded\"}");
    }

    /** A job that is there already, of an earlier life of the client. */
    synchronized ScriptedJob leftOver(String reference) {
        return commit("""
                {"payload":{"type":"inference","model":"llama3.2:1b","prompt":"x","client_reference":"%s"},"payment_amount":0.02}""".formatted(reference));
    }

    private ScriptedJob commit(String body) {
        ScriptedJob job = new ScriptedJob("job" + (jobs.size() + 1), (ObjectNode) Json.MAPPER.readTree(body));
        if (job.paid()) {
            job.paymentStatus = paymentStatus;
            job.livePaymentStatus = paymentStatus.equals("skipped") ? null : paymentStatus;
        }
        jobs.put(job.id, job);
        return job;
    }

    private void poll(HttpExchange exchange, ScriptedJob job) throws IOException {
        if (limitPolls > 0) {
            limitPolls--;
            limitRate(exchange);
        } else if (failPolls > 0) {
            failPolls--;
            send(exchange, 503, "{\"detail\":\"restarting\"}");
        } else {
            job.polls++;
            onPoll.accept(job);
            send(exchange, 200, job.view());
        }
    }

    private void result(HttpExchange exchange, ScriptedJob job) throws IOException {
        if (job.result == null) {
            send(exchange, 425, "{\"detail\":\"job not ready\"}");
            return;
        }
        onResult.accept(job);
        String receipt = signs && !job.receipts.isEmpty() ? job.receipts.getLast() : "null";
        send(exchange, 200, "{\"result\":%s,\"receipt\":%s}".formatted(job.result, receipt));
    }

    private void cancel(HttpExchange exchange, ScriptedJob job) throws IOException {
        if (!List.of("QUEUED", "RUNNING").contains(job.state)) {
            send(exchange, 409, "{\"detail\":\"job not cancelable\"}");
            return;
        }
        job.state = "CANCELED";
        job.error = "canceled by client";
        send(exchange, 200, job.view());
    }

    private void payment(HttpExchange exchange, ScriptedJob job) throws IOException {
        if (job.livePaymentStatus == null) {
            send(exchange, 404, "{\"detail\":\"Payment not found for this job\"}");
        } else {
            send(exchange, 200, job.payment());
        }
    }

    private void refund(HttpExchange exchange, ScriptedJob job) throws IOException {
        if (!refunds || "released".equals(job.livePaymentStatus)) {
            send(exchange, 400, "{\"detail\":\"Failed to refund payment\"}");
            return;
        }
        job.livePaymentStatus = "refunded";
        send(exchange, 200, "{\"status\":\"refunded\",\"payment_id\":\"pay%s\"}".formatted(job.id));
    }

    private String list() {
        List<ScriptedJob> newestFirst = jobs.values().stream().toList().reversed();
        return newestFirst.stream()
                .map(job ->
                        listShowsPayload ? job.view() : "{\"job_id\":\"%s\",\"state\":\"QUEUED\"}".formatted(job.id))
                .collect(Collectors.joining(",", "{\"items\":[", "],\"total\":%d}".formatted(jobs.size())));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    static Map<String, String> config(ScriptedCoordinator coordinator, String... more) {
        Map<String, String> config = new LinkedHashMap<>(Map.of(
                "coordinator-url",
                coordinator.url(),
                "marketplace-url",
                coordinator.url() + "/v1/",
                "wallet-key",
                KEY,
                "poll-interval",
                "5ms",
                "rate-limits",
                "learned",
                "lost-answer-wait",
                "200ms",
                "agent-registry-url",
                coordinator.url()));
        for (int i = 0; i < more.length; i += 2) {
            config.put(more[i], more[i + 1]);
        }
        return config;
    }

    static List<String> only(List<String> requests, String... wanted) {
        return requests.stream().filter(Arrays.asList(wanted)::contains).toList();
    }

    @Override
    public void close() {
        letGo.countDown();
        server.stop(0);
        executor.shutdownNow();
    }

    private static final String INTERNAL = """
            {"error":{"type":"internal_error","message":"An internal server error occurred","status_code":500,"path":"/v1/jobs"}}""";

    private static final String AGENTS = """
            {"status":"success","agents":[{"agent_id":"b","agent_type":"worker","status":"active","capabilities":["inference"]},
              {"agent_id":"a","agent_type":"router","capabilities":[]},{"agent_id":"b"},{"agent_type":"worker"}],"count":4}""";

    private static final String GPUS = """
            [{"id":"gpu_fdd4c750","miner_id":"miner-a","model":"NVIDIA RTX 4090","memory_gb":24,"price_per_hour":"0.75000000",
              "status":"available","created_at":"2026-11-22T11:43:58.191095+00:00Z"},
             {"id":"gpu_2","miner_id":"miner-b","model":"RTX 3060","price_per_hour":0.5,"status":"booked","created_at":"bad"}]""";
}
