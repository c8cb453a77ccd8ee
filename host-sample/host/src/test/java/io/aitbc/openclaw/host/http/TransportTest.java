package io.aitbc.openclaw.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.contract.ScriptedNetwork;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransportTest {
    private static final String CHAT =
            "{\"model\":\"wren\",\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";

    private final TestingEngine engine = new TestingEngine();
    private ApiServer server = start(ApiServerOptions.defaults());

    private ApiServer start(ApiServerOptions options) {
        return ApiServer.start(options.withPort(0), TestingExtensions.of(engine), List::of);
    }

    private void restart(ApiServerOptions options) {
        server.close();
        server = start(options);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void root_says_that_it_runs() throws IOException {
        RawClient.Reply get = RawClient.get(server.port(), "/");
        RawClient.Reply head = RawClient.call(server.port(), "HEAD", "/", "");

        assertThat(get.body()).isEqualTo("Ollama is running");
        assertThat(get.header("content-type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("content-length")).isEqualTo("17");
    }

    @Test
    void connection_goes_on_after_a_head_request() throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            client.send(RawClient.request("HEAD", "/api/version", ""));
            assertThat(client.reply(true).header("content-length")).isEqualTo("20");
            client.send(RawClient.request("GET", "/api/version", ""));
            assertThat(client.reply().body()).isEqualTo("{\"version\":\"0.33.3\"}");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nope, 404, 404 page not found",
        "GET, /api, 404, 404 page not found",
        "POST, /api/tags, 405, 405 method not allowed",
        "GET, /api/chat, 405, 405 method not allowed",
        "DELETE, /, 405, 405 method not allowed",
        "PATCH, /v1/models/x, 405, 405 method not allowed",
    })
    void unknown_path_or_method(String method, String path, int status, String text) throws IOException {
        RawClient.Reply reply = RawClient.call(server.port(), method, path, "");

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body()).isEqualTo(text);
        assertThat(reply.header("content-type")).isEqualTo("text/plain");
    }

    @Test
    void trailing_slash_is_redirected() throws IOException {
        RawClient.Reply get = RawClient.get(server.port(), "/api/tags/");
        RawClient.Reply post = RawClient.post(server.port(), "/api/chat/", CHAT);

        assertThat(get.status()).isEqualTo(301);
        assertThat(get.header("location")).isEqualTo("/api/tags");
        assertThat(post.status()).isEqualTo(307);
        assertThat(post.header("location")).isEqualTo("/api/chat");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.1:11435",
                "localhost",
                "LOCALHOST:80",
                "[::1]:11435",
                "10.1.2.3",
                "192.168.0.9:1",
                "my.local",
                "x.internal",
                "a.localhost",
                "0.0.0.0"
            })
    void host_of_this_machine_is_served(String host) throws IOException {
        assertThat(RawClient.get(server.port(), "/api/version", "Host: " + host).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:11435", "8.8.8.8", "localhost.evil.example", "[2001:db8::1]"})
    void public_host_is_refused(String host) throws IOException {
        RawClient.Reply reply = RawClient.get(server.port(), "/api/version", "Host: " + host);

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void preflight_is_that_of_the_recording() throws IOException {
        RawClient.Reply reply = RawClient.call(
                server.port(),
                "OPTIONS",
                "/api/tags",
                "",
                "Origin: http://localhost:3000",
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: content-type");

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.header("access-control-allow-origin")).isEqualTo("http://localhost:3000");
        assertThat(reply.header("access-control-allow-methods")).isEqualTo("GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS");
        assertThat(reply.header("access-control-allow-headers"))
                .startsWith("Authorization,Content-Type,User-Agent,Accept,")
                .endsWith(",X-Stainless-Runtime-Version,X-Stainless-Timeout");
        assertThat(reply.header("access-control-max-age")).isEqualTo("43200");
        assertThat(reply.header("vary").replace(" ", ""))
                .isEqualTo("Origin,Access-Control-Request-Method,Access-Control-Request-Headers");
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:3000, 200",
        "https://127.0.0.1:444, 200",
        "app://obsidian.md, 200",
        "vscode-webview://abc, 200",
        "https://evil.example, 403",
        "http://localhost.evil.example, 403",
        "null, 403",
    })
    void origin_of_a_web_page(String origin, int status) throws IOException {
        RawClient.Reply reply = RawClient.get(server.port(), "/api/version", "Origin: " + origin);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("access-control-allow-origin")).isEqualTo(status == 200 ? origin : "");
    }

    @Test
    void configured_origins_are_allowed_and_others_are_not() throws IOException {
        restart(ApiServerOptions.defaults().withAllowedOrigins(List.of("https://*.example.org")));

        assertThat(RawClient.get(server.port(), "/", "Origin: https://a.example.org")
                        .status())
                .isEqualTo(200);
        assertThat(RawClient.get(server.port(), "/", "Origin: https://example.com")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void same_origin_is_no_cross_origin_request() throws IOException {
        RawClient.Reply reply =
                RawClient.get(server.port(), "/", "Host: my.local:11435", "Origin: http://my.local:11435");

        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void key_is_needed_once_it_is_set() throws IOException {
        restart(ApiServerOptions.defaults().withApiKey("secret"));

        assertThat(RawClient.get(server.port(), "/api/tags").status()).isEqualTo(401);
        assertThat(RawClient.get(server.port(), "/api/tags").body())
                .isEqualTo("{\"error\":\"missing or wrong API key\"}");
        assertThat(RawClient.get(server.port(), "/api/tags", "Authorization: Bearer secret2")
                        .status())
                .isEqualTo(401);
        assertThat(RawClient.get(server.port(), "/api/tags", "Authorization: Bearer secret")
                        .status())
                .isEqualTo(200);
        assertThat(RawClient.get(server.port(), "/v1/models", "x-api-key: secret")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void other_addresses_than_loopback_need_a_key() throws IOException {
        ApiServerOptions open = ApiServerOptions.defaults().withAddress("0.0.0.0", 0);

        assertThatThrownBy(() -> ApiServer.start(open, TestingExtensions.of(engine), List::of))
                .isInstanceOfSatisfying(
                        OpenClawException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MISSING_KEY))
                .hasMessageContaining("needs an API key");
        try (ApiServer other = ApiServer.start(open.withApiKey("k"), TestingExtensions.of(engine), List::of)) {
            RawClient.Reply reply =
                    RawClient.get(other.port(), "/api/version", "Host: gpu.example", "Authorization: Bearer k");
            assertThat(reply.status()).isEqualTo(200);
        }
    }

    @Test
    void port_in_use_is_said() {
        ApiServerOptions same = ApiServerOptions.defaults().withPort(server.port());

        assertThatThrownBy(() -> ApiServer.start(same, TestingExtensions.of(engine), List::of))
                .isInstanceOf(OpenClawException.class)
                .hasMessageContaining("is it in use?");
    }

    @Test
    void chunked_body_is_read() throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            client.send("POST /api/chat HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < CHAT.length(); i += 7) {
                String piece = CHAT.substring(i, Math.min(i + 7, CHAT.length()));
                client.send(Integer.toHexString(piece.length()) + "\r\n" + piece + "\r\n");
            }
            client.send("0\r\n\r\n");

            assertThat(client.reply().status()).isEqualTo(200);
        }
        assertThat(engine.chats).hasSize(1);
    }

    @Test
    void expect_continue_is_answered_before_the_body_is_read() throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            client.send("POST /api/chat HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: "
                    + CHAT.length() + "\r\n\r\n");
            assertThat(client.reply().status()).isEqualTo(100);
            client.send(CHAT);
            assertThat(client.reply().status()).isEqualTo(200);
        }
    }

    @Test
    void requests_sent_together_are_answered_in_order() throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            client.send(RawClient.request("POST", "/api/chat", CHAT)
                    + RawClient.request("GET", "/api/version", "")
                    + RawClient.request("POST", "/api/chat", CHAT));

            assertThat(client.reply().body()).contains("Hello!");
            assertThat(client.reply().body()).contains("0.33.3");
            assertThat(client.reply().body()).contains("Hello!");
        }
    }

    @Test
    void connection_is_closed_after_the_answer_when_the_client_wants_it() throws IOException {
        for (String request : List.of(
                RawClient.request("GET", "/api/version", "", "Connection: close"),
                RawClient.request("POST", "/api/chat", CHAT, "Connection: close"),
                RawClient.request("POST", "/api/chat", CHAT.replace("false", "true"), "Connection: close"),
                RawClient.request("POST", "/api/chat", "{", "Connection: close"),
                RawClient.request("GET", "/nope", "", "Connection: close"))) {
            try (RawClient client = new RawClient(server.port())) {
                client.send(request);
                assertThat(client.reply().header("connection")).isEqualToIgnoringCase("close");
                assertThat(client.isAtEnd()).isTrue();
            }
        }
    }

    @Test
    void content_type_of_a_request_does_not_matter() throws IOException {
        assertThat(RawClient.post(server.port(), "/api/chat", CHAT, "Content-Type: text/xml")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void own_endpoints_tell_about_plugins_routes_offers_and_payments() throws IOException {
        try (ApiServer own = ApiServer.start(
                ApiServerOptions.defaults().withPort(0),
                TestingExtensions.of(engine),
                () -> List.of(Map.of("id", "zk")))) {
            int port = own.port();
            assertThat(RawClient.get(port, "/api/v1/openclaw/plugins").body())
                    .isEqualTo("{\"plugins\":[{\"id\":\"zk\"}],\"unloaded\":[]}");
            assertThat(RawClient.get(port, "/api/v1/openclaw/offers").body())
                    .isEqualTo("{\"offers\":[],\"failures\":[]}");
            assertThat(RawClient.get(port, "/api/v1/openclaw/payments").body()).isEqualTo("{\"accounts\":[]}");
            assertThat(RawClient.get(port, "/api/v1/openclaw/networks").body()).isEqualTo("{\"networks\":[]}");
            assertThat(RawClient.post(port, "/api/v1/openclaw/route", CHAT).body())
                    .startsWith("{\"route\":\"local\",\"reason\":")
                    .contains("\"provider\":\"testing\",\"model\":\"wren:latest\",\"placement\":\"local\","
                            + "\"memory_need_bytes\":13285455,\"eligible\":true");
            assertThat(RawClient.post(port, "/api/v1/openclaw/route", "{\"model\":\"nope\"}")
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void networks_tell_their_state_rates_and_agents() throws IOException {
        try (ApiServer own = ApiServer.start(
                ApiServerOptions.defaults().withPort(0),
                TestingExtensions.of(engine, ScriptedNetwork.selling("scripted")),
                List::of)) {
            assertThat(RawClient.get(own.port(), "/api/v1/openclaw/networks").body())
                    .isEqualTo("{\"networks\":[{\"network\":\"scripted\",\"endpoint\":\"http://127.0.0.1:9\","
                            + "\"reachable\":true,\"test\":true,\"protocol\":\"current\","
                            + "\"chain\":{\"endpoint\":\"http://127.0.0.1:10\",\"height\":7,"
                            + "\"balance\":{\"amount\":\"1.5\",\"unit\":\"AIT\"}},"
                            + "\"rates\":[{\"from\":\"ETH\",\"to\":\"AIT\",\"rate\":\"1000\"}]}]}");
            assertThat(RawClient.get(own.port(), "/api/v1/openclaw/agents").body())
                    .isEqualTo("{\"agents\":[{\"network\":\"scripted\",\"agent\":\"agent-1\",\"type\":\"worker\","
                            + "\"status\":\"active\",\"capabilities\":[\"inference\"],\"services\":[],"
                            + "\"endpoints\":{\"http\":\"https://agent.example\"}}],\"failures\":[]}");
        }
    }
}
