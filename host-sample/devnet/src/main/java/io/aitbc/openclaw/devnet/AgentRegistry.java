package io.aitbc.openclaw.devnet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The agent coordinator's registry: agents say what they can do and where they are, and are forgotten when they stop to send
 * heartbeats. Nobody is asked who they are.
 */
final class AgentRegistry implements HttpListener.Service {
    /** How long an agent lives without a heartbeat. */
    static final Duration AGE = Duration.ofMinutes(2);

    private static final String AGENTS = "/v1/agents";
    private static final int MOST = 10_000;
    private static final List<String> LISTS = List.of("capabilities", "services");
    private static final List<String> SAME = List.of("agent_type", "status", "chain_id", "island_id");

    private static final class Agent {
        private final ObjectNode view;
        private Instant heard;

        private Agent(ObjectNode view, Instant heard) {
            this.view = view;
            this.heard = heard;
        }
    }

    private final InstantSource clock;
    private final QuirkBoard quirks;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Agent> agents = new LinkedHashMap<>();

    AgentRegistry(InstantSource clock, QuirkBoard quirks) {
        this.clock = clock;
        this.quirks = quirks;
    }

    void reset() {
        lock.lock();
        try {
            agents.clear();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public HttpListener.Reply reply(ApiRequest request) {
        return HttpListener.Reply.whole(handle(request));
    }

    ApiResponse handle(ApiRequest request) {
        if (request.path().equals("/health")) {
            return ApiResponse.ok(Json.object()
                    .put("status", "healthy")
                    .put("service", "agent-coordinator")
                    .put("env", "devnet"));
        }
        if (quirks.take(Quirk.REGISTRY_DOWN)) {
            return ApiResponse.detail(503, "Agent registry not available");
        }
        lock.lock();
        try {
            forgetSilent();
            return dispatch(request);
        } catch (Validation.Failure e) {
            return e.response(TimeText.broken(clock.instant()), request.header("x-request-id"));
        } catch (ApiFailure e) {
            return e.response();
        } finally {
            lock.unlock();
        }
    }

    private void forgetSilent() {
        Instant oldest = clock.instant().minus(AGE);
        agents.values().removeIf(agent -> agent.heard.isBefore(oldest));
    }

    private ApiResponse dispatch(ApiRequest request) {
        String path = request.path();
        if (request.method().equals("POST") && path.equals(AGENTS + "/register")) {
            return register(request.json());
        }
        if (request.method().equals("POST") && path.equals(AGENTS + "/discover")) {
            return discover(request.json());
        }
        String[] parts = path.startsWith(AGENTS + "/")
                ? path.substring(AGENTS.length() + 1).split("/", -1)
                : new String[0];
        return switch (parts.length) {
            case 1 ->
                request.method().equals("GET")
                        ? ApiResponse.ok(Json.object()
                                .put("status", "success")
                                .set("agent", agent(parts[0]).view.deepCopy()))
                        : notFound();
            case 2 ->
                switch (request.method() + " " + parts[1]) {
                    case "PUT status" -> status(parts[0], request.json());
                    case "POST heartbeat" -> heartbeat(parts[0], request);
                    default -> notFound();
                };
            default -> notFound();
        };
    }

    private static ApiResponse notFound() {
        return ApiResponse.detail(404, "Not Found");
    }

    private Agent agent(String id) {
        return Optional.ofNullable(agents.get(id)).orElseThrow(() -> ApiFailure.detail(404, "Agent not found"));
    }

    private ApiResponse register(ObjectNode body) {
        String id = Validation.requiredText(body, "agent_id");
        if (agents.size() >= MOST && !agents.containsKey(id)) {
            return ApiResponse.detail(503, "Agent registry not available");
        }
        Instant now = clock.instant();
        ObjectNode view = Json.object()
                .put("agent_id", id)
                .put("agent_type", Validation.requiredText(body, "agent_type"))
                .put("status", "active");
        LISTS.forEach(name -> view.set(name, texts(body, name)));
        for (String name : List.of("endpoints", "metadata")) {
            view.set(name, Validation.optionalObject(body, name).orElseGet(Json::object));
        }
        view.put("last_heartbeat", TimeText.offset(now)).put("registration_time", TimeText.offset(now));
        view.set("load_metrics", Json.object());
        view.put("health_score", 1.0).put("version", "1.0.0");
        view.set("tags", Json.array());
        for (String name : List.of("chain_id", "island_id")) {
            view.put(name, Validation.optionalText(body, name).orElse(null));
        }
        agents.put(id, new Agent(view, now));
        return ApiResponse.ok(Json.object()
                .put("status", "success")
                .put("message", "Agent " + id + " registered successfully")
                .put("agent_id", id)
                .put("registered_at", TimeText.offset(now)));
    }

    private static ArrayNode texts(ObjectNode body, String name) {
        JsonNode given = Validation.present(body, name).orElseGet(Json::array);
        if (!(given instanceof ArrayNode list)) {
            throw Validation.failure("body." + name, "Input should be a valid list", "list_type");
        }
        list.valueStream().forEach(item -> Validation.text(item, "body." + name));
        return list;
    }

    /** Agents that have all of what is asked for. */
    private ApiResponse discover(ObjectNode criteria) {
        LISTS.forEach(name -> texts(criteria, name));
        ObjectNode body = Json.object().put("status", "success");
        body.set("query", criteria);
        ArrayNode found = body.putArray("agents");
        agents.values().stream()
                .map(agent -> agent.view)
                .filter(view -> fits(view, criteria))
                .map(ObjectNode::deepCopy)
                .forEach(found::add);
        return ApiResponse.ok(body.put("count", found.size()).put("timestamp", TimeText.offset(clock.instant())));
    }

    private static boolean fits(ObjectNode agent, ObjectNode criteria) {
        Stream<Boolean> same = SAME.stream()
                .map(name -> Validation.present(criteria, name)
                        .map(wanted -> wanted.equals(agent.path(name)))
                        .orElse(true));
        Stream<Boolean> within = LISTS.stream()
                .map(name -> criteria.path(name)
                        .valueStream()
                        .allMatch(wanted -> agent.path(name).valueStream().anyMatch(wanted::equals)));
        return Stream.concat(same, within).allMatch(met -> met);
    }

    private ApiResponse status(String id, ObjectNode body) {
        Agent agent = agent(id);
        String status = Validation.requiredText(body, "status");
        agent.view.put("status", status);
        Validation.optionalObject(body, "load_metrics").ifPresent(load -> agent.view.set("load_metrics", load));
        return ApiResponse.ok(Json.object()
                .put("status", "success")
                .put("message", "Agent " + id + " status updated")
                .put("agent_id", id)
                .put("new_status", status)
                .put("updated_at", TimeText.offset(clock.instant())));
    }

    private ApiResponse heartbeat(String id, ApiRequest request) {
        Agent agent = agent(id);
        if (request.body().length > 0) {
            Validation.optionalObject(request.json(), "load_metrics")
                    .ifPresent(load -> agent.view.set("load_metrics", load));
        }
        agent.heard = clock.instant();
        agent.view.put("last_heartbeat", TimeText.offset(agent.heard));
        return ApiResponse.ok(Json.object()
                .put("status", "success")
                .put("message", "Heartbeat received")
                .put("agent_id", id)
                .put("timestamp", TimeText.offset(agent.heard)));
    }

    int count() {
        lock.lock();
        try {
            forgetSilent();
            return agents.size();
        } finally {
            lock.unlock();
        }
    }
}
