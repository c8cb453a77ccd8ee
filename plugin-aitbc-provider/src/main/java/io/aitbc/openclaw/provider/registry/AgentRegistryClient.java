package io.aitbc.openclaw.provider.registry;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.provider.coordinator.BaseUrl;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.coordinator.Caller;
import io.aitbc.openclaw.provider.coordinator.Json;
import io.aitbc.openclaw.provider.coordinator.OnceBody;
import io.aitbc.openclaw.provider.coordinator.Reply;
import io.aitbc.openclaw.provider.coordinator.RouteClass;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Client of the registry of agents, which asks nobody who they are. Each call has a deadline of 15 seconds and is repeated
 * after failures: registering, reporting and looking twice is the same as once.
 *
 * <p>Fails with {@link OpenClawException}: UNREACHABLE, OVERLOADED, MALFORMED_ANSWER, CANCELED, PROVIDER_FAILED.
 */
public final class AgentRegistryClient {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_AGENTS = 20_000;

    private final BaseUrl base;
    private final Caller caller;

    public AgentRegistryClient(BaseUrl base, Caller caller) {
        this.base = base;
        this.caller = caller;
    }

    /** Agents leave the registry when they are not heard of. */
    public void register(AgentEntry agent, Map<String, String> metadata, CallScope scope) {
        ObjectNode body =
                Json.MAPPER.createObjectNode().put("agent_id", agent.agentId()).put("agent_type", agent.type());
        agent.capabilities().forEach(body.putArray("capabilities")::add);
        agent.services().forEach(body.putArray("services")::add);
        agent.endpoints().forEach(body.putObject("endpoints")::put);
        metadata.forEach(body.putObject("metadata")::put);
        send("a registration", "POST", body, scope, "register");
    }

    /** @param type empty: all */
    public List<AgentEntry> discover(Optional<String> type, List<String> capabilities, CallScope scope) {
        String source = "the agents";
        ObjectNode body = Json.MAPPER.createObjectNode();
        type.ifPresent(text -> body.put("agent_type", text));
        if (!capabilities.isEmpty()) {
            capabilities.forEach(body.putArray("capabilities")::add);
        }
        JsonNode answer = Json.tree(source, send(source, "POST", body, scope, "discover"));
        // The registry may not know a criterion, and then ignores it.
        return Json.rows(source, answer.path("agents"), MOST_AGENTS, AgentEntry::parse).stream()
                .filter(agent -> type.map(agent.type()::equals).orElse(true))
                .filter(agent -> agent.capabilities().containsAll(capabilities))
                .toList();
    }

    public Optional<AgentEntry> get(String agentId, CallScope scope) {
        HttpUrl url = path(agentId);
        Reply reply = caller.repeatableOpen(
                RouteClass.AGENTS, request -> request.url(url).build(), PATIENCE, scope);
        if (reply.status() == 404) {
            return Optional.empty();
        }
        JsonNode answer = Json.tree("an agent", caller.body("an agent", reply));
        return AgentEntry.parse(answer.path("agent").isObject() ? answer.path("agent") : answer);
    }

    public void heartbeat(String agentId, CallScope scope) {
        send("a heartbeat", "POST", Json.MAPPER.createObjectNode(), scope, agentId, "heartbeat");
    }

    /** @param status {@code active}, {@code busy}, {@code offline}, … */
    public void status(String agentId, String status, CallScope scope) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("status", status);
        send("a status", "PUT", body, scope, agentId, "status");
    }

    private String send(String source, String method, ObjectNode body, CallScope scope, String... segments) {
        HttpUrl url = path(segments);
        String json = Json.MAPPER.writeValueAsString(body);
        Reply reply = caller.repeatableOpen(
                RouteClass.AGENTS, request -> request(request.url(url), method, json), PATIENCE, scope);
        return caller.body(source, reply);
    }

    private static Request request(Request.Builder request, String method, String json) {
        return request.method(method, new OnceBody(json)).build();
    }

    private HttpUrl path(String... segments) {
        HttpUrl.Builder url = base.path("v1", "agents");
        for (String segment : segments) {
            url.addPathSegment(segment);
        }
        return url.build();
    }
}
