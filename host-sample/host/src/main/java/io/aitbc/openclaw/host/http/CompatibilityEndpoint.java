package io.aitbc.openclaw.host.http;

import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.network.ComputeNetwork;
import io.aitbc.openclaw.api.network.NetworkStatus;
import io.aitbc.openclaw.host.compatibility.Component;
import io.aitbc.openclaw.host.compatibility.Judgement;
import io.aitbc.openclaw.host.compatibility.Surroundings;
import io.aitbc.openclaw.host.http.answer.Answers;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.json.GoTime;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import io.aitbc.openclaw.host.http.wire.Exchange;
import io.aitbc.openclaw.host.http.wire.Routes;
import java.util.Locale;

/** The versions of what is around the host, and what is known about them. */
final class CompatibilityEndpoint {
    private final Extensions extensions;
    private final Answers answers;
    private final HostInfo info;

    CompatibilityEndpoint(Extensions extensions, Answers answers, HostInfo info) {
        this.extensions = extensions;
        this.answers = answers;
        this.info = info;
    }

    void addTo(Routes routes, String base) {
        routes.add("GET", base + "compatibility", Routes.Style.OLLAMA, this::handle);
    }

    private void handle(Exchange exchange) {
        Surroundings surroundings =
                info.surroundings().orElseThrow(() -> new ApiFailure(404, "this host does not look at versions"));
        JsonOutput out = answers.call(exchange, "", router -> {
            extensions.all(ComputeNetwork.class).forEach(network -> protocol(surroundings, network.status()));
            return written(surroundings);
        });
        exchange.send(200, Exchange.JSON, out.array(), out.length());
    }

    /** A coordinator tells no version; which protocol it speaks tells how old its software is. */
    private static void protocol(Surroundings surroundings, NetworkStatus status) {
        status.protocol().ifPresent(protocol -> surroundings.server("aitbc-coordinator", status.endpoint(), protocol));
    }

    private static JsonOutput written(Surroundings surroundings) {
        JsonOutput out = new JsonOutput();
        out.startObject().field("policy", lower(surroundings.policy())).startArray("seen");
        for (Surroundings.Seen seen : surroundings.seen()) {
            Judgement judgement = seen.judgement();
            out.startObject()
                    .field("component", judgement.component())
                    .field("name", judgement.name())
                    .field("kind", lower(seen.kind()))
                    .field("version", judgement.version())
                    .field("verdict", lower(judgement.verdict()))
                    .field("text", judgement.text())
                    .field("advice", judgement.advice())
                    .field("at", seen.where())
                    .field("since", GoTime.text(seen.since()))
                    .endObject();
        }
        out.endArray().field("requests_of_other_clients", surroundings.otherRequests());
        out.startArray("components");
        surroundings.table().components().forEach(component -> component(out, component));
        out.endArray().endObject();
        return out;
    }

    private static void component(JsonOutput out, Component component) {
        out.startObject()
                .field("component", component.id())
                .field("name", component.name())
                .field("kind", lower(component.kind()));
        component
                .floor()
                .ifPresent(floor -> out.startObject("floor")
                        .field("version", floor.version())
                        .field("reason", floor.reason())
                        .field("reference", floor.reference())
                        .endObject());
        out.startArray("tested");
        component
                .tested()
                .forEach(tested -> out.startObject()
                        .field("version", tested.version())
                        .field("how", tested.how())
                        .endObject());
        out.endArray().startArray("bad");
        component
                .bad()
                .forEach(bad -> out.startObject()
                        .field("range", bad.range())
                        .field("reason", bad.reason())
                        .endObject());
        out.endArray().endObject();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
