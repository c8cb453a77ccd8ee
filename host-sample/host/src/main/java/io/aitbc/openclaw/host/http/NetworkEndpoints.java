package io.aitbc.openclaw.host.http;

import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.network.Agent;
import io.aitbc.openclaw.api.network.AgentQuery;
import io.aitbc.openclaw.api.network.ChainStatus;
import io.aitbc.openclaw.api.network.ComputeNetwork;
import io.aitbc.openclaw.api.network.ExchangeRate;
import io.aitbc.openclaw.api.network.NetworkStatus;
import io.aitbc.openclaw.host.http.answer.Answers;
import io.aitbc.openclaw.host.http.json.GoTime;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import io.aitbc.openclaw.host.http.wire.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What the loaded networks say about themselves, and which agents are known to them. */
final class NetworkEndpoints {
    private final Extensions extensions;
    private final Answers answers;

    NetworkEndpoints(Extensions extensions, Answers answers) {
        this.extensions = extensions;
        this.answers = answers;
    }

    void networks(Exchange exchange) {
        JsonOutput out = answers.call(exchange, "", router -> {
            JsonOutput written = new JsonOutput();
            written.startObject().startArray("networks");
            extensions.all(ComputeNetwork.class).forEach(network -> network(written, network));
            written.endArray().endObject();
            return written;
        });
        exchange.send(200, Exchange.JSON, out.array(), out.length());
    }

    private static void network(JsonOutput out, ComputeNetwork network) {
        NetworkStatus status = network.status();
        out.startObject()
                .field("network", network.id())
                .field("endpoint", status.endpoint())
                .field("reachable", status.reachable())
                .field("test", status.test());
        status.protocol().ifPresent(protocol -> out.field("protocol", protocol));
        status.account().ifPresent(account -> out.field("account", account));
        status.problem().ifPresent(problem -> out.field("problem", problem));
        status.chain().ifPresent(chain -> chain(out, chain));
        out.startArray("rates");
        List<ExchangeRate> rates = status.reachable() ? orNothing(network::rates) : List.of();
        for (ExchangeRate rate : rates) {
            out.startObject()
                    .field("from", rate.from())
                    .field("to", rate.to())
                    .field("rate", rate.value().toPlainString())
                    .endObject();
        }
        out.endArray().endObject();
    }

    /** The status tells what is wrong; rates are an extra. */
    private static <T> List<T> orNothing(Supplier<List<T>> source) {
        try {
            return source.get();
        } catch (OpenClawException e) {
            return List.of();
        }
    }

    private static void chain(JsonOutput out, ChainStatus chain) {
        out.startObject("chain").field("endpoint", chain.endpoint()).field("height", chain.height());
        chain.at().ifPresent(time -> out.field("at", GoTime.text(time)));
        chain.balance().ifPresent(balance -> OpenClawApi.amount(out, "balance", balance));
        out.endObject();
    }

    void agents(Exchange exchange) {
        JsonOutput out = answers.call(exchange, "", router -> {
            JsonOutput written = new JsonOutput();
            List<String> failures = new ArrayList<>();
            written.startObject().startArray("agents");
            for (ComputeNetwork network : extensions.all(ComputeNetwork.class)) {
                try {
                    network.agents(AgentQuery.all()).forEach(agent -> agent(written, agent));
                } catch (OpenClawException e) {
                    failures.add(network.id() + ": " + e.getMessage());
                }
            }
            written.endArray().field("failures", failures).endObject();
            return written;
        });
        exchange.send(200, Exchange.JSON, out.array(), out.length());
    }

    private static void agent(JsonOutput out, Agent agent) {
        out.startObject()
                .field("network", agent.network())
                .field("agent", agent.agentId())
                .field("type", agent.type())
                .field("status", agent.status())
                .field("capabilities", agent.capabilities())
                .field("services", agent.services())
                .field("endpoints", agent.endpoints());
        agent.lastSeen().ifPresent(time -> out.field("last_seen", GoTime.text(time)));
        out.endObject();
    }
}
