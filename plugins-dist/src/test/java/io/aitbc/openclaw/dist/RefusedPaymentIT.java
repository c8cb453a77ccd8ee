package io.aitbc.openclaw.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a client sees when the host may not, or cannot, pay: never a status that makes OpenClaw disable the provider. */
class RefusedPaymentIT {
    private static final String PINNED = "wren-tiny@devnet-miner-1";

    private final JsonMapper json = new JsonMapper();

    @TempDir
    private Path scratch;

    @Test
    void used_up_budget_is_429_that_speaks_of_the_budget_and_nothing_more_is_paid() throws Exception {
        Installation installation = new Installation(scratch);
        try (RunningHost devnet = installation.devnet();
                RunningHost host = serve(installation, devnet, "plugins.aitbc-provider.daily-budget=0.01")) {
            HttpResponse<String> first = chat(host, "{\"num_predict\":16}");
            HttpResponse<String> second = chat(host, "{\"num_predict\":16}");

            assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
            assertThat(second.statusCode()).as(second.body()).isEqualTo(429);
            assertThat(error(second)).startsWith("daily budget exhausted");
            assertThat(paymentStates(host)).containsExactly("SETTLED");
        }
    }

    @Test
    void job_above_the_cap_is_404_with_the_price() throws Exception {
        Installation installation = new Installation(scratch);
        try (RunningHost devnet = installation.devnet();
                RunningHost host = serve(installation, devnet, "plugins.aitbc-provider.max-price-per-job=0.01")) {
            HttpResponse<String> answer = chat(host, "{\"num_predict\":1000000}");

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
            assertThat(error(answer)).contains("not found for this price", "AIT");
            assertThat(paymentStates(host)).isEmpty();
        }
    }

    @Test
    void refused_login_is_a_failure_of_the_network_and_nothing_is_paid() throws Exception {
        Installation installation = new Installation(scratch);
        try (RunningHost devnet = installation.devnet("--quirks", "login-refused");
                RunningHost host = serve(installation, devnet, "plugins.aitbc-provider.daily-budget=1")) {
            HttpResponse<String> answer = chat(host, "{}");

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(502);
            assertThat(error(answer)).contains("refused login");
            assertThat(paymentStates(host)).containsExactly("RELEASED");
        }
    }

    /** Answers of this machine have nothing to do with how old a coordinator is. */
    @Test
    void coordinator_below_the_floor_gets_no_job_and_answers_of_this_machine_go_on() throws Exception {
        Installation installation = new Installation(scratch);
        Path folder = Files.createDirectories(scratch.resolve("openclaw-aitbc"));
        Files.writeString(
                folder.resolve("openclaw-aitbc.properties"), "plugins.aitbc-provider.api-key = march-client\n");
        try (RunningHost devnet = installation.devnet("--profile", "march");
                RunningHost host = serve(installation, devnet, "compatibility=require")) {
            HttpResponse<String> bought = chat(host, "{}");
            HttpResponse<String> own = chat(host, "wren-tiny", "{}");
            HttpResponse<String> either = chat(host, "wren-tiny:latest", "{\"num_predict\":4}");

            assertThat(error(bought)).contains("the protocol 'march', and none older than 'current' is used");
            assertThat(bought.statusCode()).as(bought.body()).isGreaterThanOrEqualTo(400);
            for (HttpResponse<String> local : List.of(own, either)) {
                assertThat(local.statusCode()).as(local.body()).isEqualTo(200);
                JsonNode answer = json.readTree(local.body());
                assertThat(answer.path("done").asBoolean()).isTrue();
                assertThat(answer.path("message").path("content").asString()).isNotEmpty();
                assertThat(answer.path("aitbc_metadata").path("job").isMissingNode())
                        .isTrue();
            }
            assertThat(paymentStates(host)).as("reserved and given back").doesNotContain("SETTLED", "UNKNOWN");
        }
    }

    private static RunningHost serve(Installation installation, RunningHost devnet, String setting) throws Exception {
        List<String> options = new ArrayList<>(installation.network(devnet));
        options.addAll(List.of("--set", setting));
        return installation.serve(options.toArray(String[]::new));
    }

    private static HttpResponse<String> chat(RunningHost host, String options) throws Exception {
        return chat(host, PINNED, options);
    }

    private static HttpResponse<String> chat(RunningHost host, String model, String options) throws Exception {
        String body = """
                {"model":"%s","stream":false,"options":%s,"messages":[{"role":"user","content":"Hello"}]}
                """.formatted(model, options);
        return send(HttpRequest.newBuilder(URI.create(host.url() + "/api/chat"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private List<String> paymentStates(RunningHost host) throws Exception {
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(URI.create(host.url() + "/api/v1/openclaw/payments"))
                        .build());
        JsonNode account = json.readTree(response.body()).path("accounts").path(0);
        assertThat(account.path("account").asString()).isEqualTo("aitbc");
        return account.path("payments")
                .valueStream()
                .map(payment -> payment.path("state").asString())
                .toList();
    }

    private String error(HttpResponse<String> response) {
        return json.readTree(response.body()).path("error").asString();
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
