package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.Extension;
import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.host.Host;
import io.aitbc.openclaw.host.http.ApiServer;
import io.aitbc.openclaw.host.http.ApiServerOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What {@code serve} does and the demo does not, done once while a start is recorded, so that it is in the record. */
final class Rehearsal {
    private Rehearsal() {}

    /** The launcher says so. */
    static boolean wanted() {
        return Boolean.getBoolean("openclaw.rehearsal");
    }

    static void of(Host host) throws IOException, InterruptedException {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        HostOptions options = HostOptions.plain(List.of("--port", "0", "--set", "log-level=warn"))
                .orElseThrow();
        options.read(Map.of());
        try (Shutdown _ = Shutdown.closing(host)) {
            new Welcome(host, new Terminal(nowhere, nowhere, false)).print();
        }
        StartCache.ofThisProcess().discardStale();
        answerWithoutPlugins(host);
    }

    /** As a host does that still loads. */
    private static void answerWithoutPlugins(Host host) throws IOException, InterruptedException {
        ApiServer.prepare();
        Extensions engines = new Extensions() {
            @Override
            public <T extends Extension> List<T> all(Class<T> extensionPoint) {
                return host.engines().stream()
                        .filter(extensionPoint::isInstance)
                        .map(extensionPoint::cast)
                        .toList();
            }
        };
        try (ApiServer server = ApiServer.start(ApiServerOptions.defaults().withPort(0), engines, List::of);
                DemoClient client = new DemoClient(URI.create("http://127.0.0.1:" + server.port()))) {
            JsonNode answer = client.chat(Demo.LOCAL_MODEL, "Hello");
            if (!answer.path("done").asBoolean()) {
                throw new IOException("the rehearsal was not answered: " + answer);
            }
        }
    }
}
