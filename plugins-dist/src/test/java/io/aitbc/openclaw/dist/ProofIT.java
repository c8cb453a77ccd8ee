package io.aitbc.openclaw.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A bundle that one installation hands out and another checks, where there is no network. */
class ProofIT {
    @TempDir
    private Path here;

    @TempDir
    private Path elsewhere;

    private final JsonMapper json = new JsonMapper();

    @Test
    void bundle_of_a_demo_run_holds_with_another_data_directory_and_without_a_network() throws Exception {
        Path data = here.resolve("demo");
        Installation installation = new Installation(here);
        Installation.Ended demo = installation.run("demo", "--json", "--data", data.toString());
        assertThat(demo.exitCode()).as(demo.out() + demo.err()).isZero();
        List<String> trust = json.readTree(demo.out())
                .path("steps")
                .valueStream()
                .filter(it -> it.path("name").asString().equals("bundle checked"))
                .flatMap(step -> step.path("trust").valueStream())
                .map(JsonNode::asString)
                .toList();
        assertThat(trust).hasSize(2);
        Installation.Ended list = installation.run("proof", "list", "--json", "--data", data.toString());
        assertThat(list.exitCode()).as(list.err()).isZero();
        String job = json.readTree(list.out()).at("/records/0/job").asString();
        Path file = elsewhere.resolve("bundle.json");
        Installation.Ended export =
                installation.run("proof", "export", job, "-o", file.toString(), "--data", data.toString());
        assertThat(export.exitCode()).as(export.err()).isZero();
        assertThat(Files.walk(data).filter(it -> it.endsWith("chain/log"))).hasSize(1);

        Installation.Ended good = verify(file, trust);
        assertThat(good.exitCode()).as(good.out() + good.err()).isZero();
        JsonNode verdict = json.readTree(good.out());
        assertThat(verdict.path("valid").asBoolean()).isTrue();
        assertThat(verdict.path("about").asString()).endsWith("job " + job);
        assertThat(verdict.path("assurance").asString()).isEqualTo("SIGNED");
        assertThat(verdict.path("links")
                        .valueStream()
                        .map(link -> link.path("link").asString() + " "
                                + link.path("state").asString()))
                .containsExactly(
                        "local holds", "receipt holds", "proof absent", "link holds", "log holds", "checkpoint holds");
        assertThat(verdict.path("notProven").valueStream().map(JsonNode::asString))
                .contains("that the named model, or any model, computed the answer");

        assertThat(verify(file, trust.subList(0, 1)).exitCode())
                .as("no coordinator is trusted")
                .isEqualTo(1);
        ObjectNode changed = (ObjectNode) json.readTree(Files.readString(file));
        changed.withObject("/local/statement").put("output_sha256", "0".repeat(64));
        Files.writeString(file, changed.toString());
        assertThat(verify(file, trust).exitCode()).as("changed").isEqualTo(1);
        Files.writeString(file, "{\"format\":");
        assertThat(verify(file, trust).exitCode()).as("cut").isEqualTo(1);
    }

    private Installation.Ended verify(Path file, List<String> trust) throws Exception {
        List<String> command = new ArrayList<>(List.of("proof", "verify", file.toString(), "--json"));
        trust.forEach(key -> command.addAll(List.of("--trust", key)));
        return new Installation(elsewhere).without(NoNetwork.best(elsewhere)).run(command.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"best", "agent"})
    void without_a_network_nothing_can_be_connected_to(String kind) throws Exception {
        NoNetwork none = kind.equals("best") ? NoNetwork.best(here) : NoNetwork.agent(here);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            ProcessBuilder probe = probe(server.getAddress().getPort());
            assertThat(lines(probe)).containsExactly("socket true", "channel true", "http true");
            none.applyTo(probe);
            assertThat(lines(probe)).containsExactly("socket false", "channel false", "http false");
        } finally {
            server.stop(0);
        }
    }

    private static ProcessBuilder probe(int port) throws Exception {
        Path classes = Path.of(NetworkProbe.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes.toString(),
                        NetworkProbe.class.getName(),
                        Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
    }

    private static List<String> lines(ProcessBuilder builder) throws Exception {
        Process process = builder.start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return lines;
    }
}
