package io.aitbc.openclaw.engine.ollama;

import static io.aitbc.openclaw.engine.ollama.OllamaFixture.EMBEDDER;
import static io.aitbc.openclaw.engine.ollama.OllamaFixture.MODEL;
import static io.aitbc.openclaw.engine.ollama.OllamaFixture.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.LoadedModel;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.ModelDetails;
import io.aitbc.openclaw.api.inference.ModelStore;
import io.aitbc.openclaw.api.inference.ModelStore.Progress;
import io.aitbc.openclaw.testing.OllamaLines;
import io.aitbc.openclaw.testing.ScriptedAnswer;
import io.aitbc.openclaw.testing.ScriptedModel;
import io.aitbc.openclaw.testing.ScriptedOllama;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OllamaManagementTest {
    private OllamaFixture fixture;
    private ModelStore store;

    @BeforeEach
    void start() {
        fixture = new OllamaFixture();
        store = fixture.engine.store().orElseThrow();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static OpenClawException failure(ThrowingCallable action) {
        return catchThrowableOfType(OpenClawException.class, action);
    }

    // --- catalogue ---

    @Test
    void the_catalogue_knows_what_only_show_tells() {
        ModelDescriptor model = fixture.engine.find(MODEL).orElseThrow();
        assertThat(model.capabilities()).containsExactlyInAnyOrder(Capability.COMPLETION, Capability.TOOLS);
        assertThat(model.contextLength()).hasValue(8192);
        assertThat(model.embeddingLength()).hasValue(2048);
        assertThat(model.sizeBytes()).hasValue(1_321_098_329L);
        assertThat(model.digest()).contains(ScriptedModel.chat(MODEL).digest());
        assertThat(model.modifiedAt()).contains(Instant.parse("2026-09-01T08:00:00.123456789Z"));
        assertThat(model.quantization()).contains("Q8_0");
        assertThat(model.providerId()).isEqualTo("ollama");
        assertThat(fixture.engine.catalogue()).extracting(ModelDescriptor::name).containsExactly(EMBEDDER, MODEL);
    }

    @Test
    void any_spelling_of_a_name_finds_the_model() {
        for (String name : List.of("m", "M", "m:LATEST", "library/m", "registry.ollama.ai/library/m:latest")) {
            assertThat(fixture.engine.find(name)).as(name).isPresent();
        }
        for (String name : List.of("m:1b", "other/m", "n", "")) {
            assertThat(fixture.engine.find(name)).as(name).isEmpty();
        }
    }

    @Test
    void show_is_asked_once_for_each_model_content() {
        fixture.engine.catalogue();
        fixture.ollama.add(ScriptedModel.chat("same-content:latest"));
        store.copy(MODEL, "copy");
        fixture.engine.catalogue();
        assertThat(fixture.ollama.requests("/api/show")).hasSize(2);
    }

    @Test
    void the_list_is_read_rarely_and_a_new_model_is_found_nevertheless() {
        for (int i = 0; i < 50; i++) {
            fixture.engine.find(MODEL);
        }
        assertThat(fixture.ollama.requests("/api/tags")).hasSize(1);
        fixture.ollama.add(ScriptedModel.chat("new:latest"));
        Awaitility.await().atMost(SOON).until(() -> fixture.engine.find("new").isPresent());
        assertThat(fixture.ollama.requests("/api/tags")).hasSizeLessThan(4);
    }

    @Test
    void the_last_list_is_served_for_the_documented_time_after_ollama_went_away() {
        Duration stale = Duration.ofMillis(600);
        try (OllamaEngine engine = OllamaEngine.connect(fixture.options()
                .catalogueAge(Duration.ofMillis(20))
                .catalogueStale(stale)
                .build())) {
            long read = System.nanoTime();
            assertThat(engine.catalogue()).hasSize(2);
            int port = fixture.ollama.port();
            fixture.ollama.close();
            Awaitility.await()
                    .atMost(SOON)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> engine.catalogue().isEmpty());
            assertThat(Duration.ofNanos(System.nanoTime() - read)).isGreaterThan(stale);
            try (ScriptedOllama back = ScriptedOllama.startAt(port, ScriptedModel.chat("back:latest"))) {
                Awaitility.await().atMost(SOON).until(() -> engine.find("back").isPresent());
                assertThat(back.requests("/api/tags")).isNotEmpty();
            }
        }
    }

    @Test
    void without_any_list_the_catalogue_fails_as_unreachable() {
        try (OllamaEngine engine =
                OllamaEngine.connect(OllamaEngineOptions.of(URI.create("http://127.0.0.1:" + unusedPort())))) {
            OpenClawException failure = failure(engine::catalogue);
            assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE);
            assertThat(failure).hasMessageContaining("ollama serve");
            assertThat(failure(engine::version).code()).isEqualTo(ErrorCode.UNREACHABLE);
        }
    }

    private static int unusedPort() {
        try (ScriptedOllama closed = ScriptedOllama.start()) {
            return closed.port();
        }
    }

    @Test
    void a_model_that_ollama_cannot_describe_is_left_out() {
        fixture.ollama.always(
                "/api/show",
                request -> request.model().equals(EMBEDDER)
                        ? ScriptedAnswer.json(500, OllamaLines.error("file is damaged"))
                        : ScriptedAnswer.json(200, "{\"template\":\"{{ .Suffix }}\",\"model_info\":{}}"));
        assertThat(fixture.engine.catalogue()).singleElement().satisfies(model -> {
            assertThat(model.name()).isEqualTo(MODEL);
            assertThat(model.capabilities()).containsExactlyInAnyOrder(Capability.COMPLETION, Capability.INSERT);
            assertThat(model.contextLength()).isEmpty();
        });
    }

    @Test
    void an_unknown_model_or_a_missing_capability_fails_before_anything_is_sent() {
        OpenClawException missing =
                failure(() -> fixture.engine.chat(OllamaFixture.chatRequest().withModel("nope")));
        assertThat(missing.code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
        assertThat(missing).hasMessage("model 'nope' not found");
        OpenClawException embedder =
                failure(() -> fixture.engine.chat(OllamaFixture.chatRequest().withModel("e")));
        assertThat(embedder.code()).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(embedder).hasMessage("\"e\" does not support chat");
        assertThat(fixture.ollama.requests("/api/chat")).isEmpty();
    }

    // --- show, ps, load ---

    @Test
    void show_has_the_metadata_without_null_lists() {
        ModelDetails details = fixture.engine.show("m", true).orElseThrow();
        assertThat(details.info())
                .containsEntry("llama.context_length", 8192L)
                .containsEntry("llama.rope.freq_base", 500000.5)
                .containsEntry("general.architecture", "llama")
                .doesNotContainKey("tokenizer.ggml.tokens");
        assertThat(details.license()).contains("Apache License, Version 2.0");
        assertThat(details.parameters().orElseThrow()).contains("temperature    0.7");
        assertThat(details.tensors())
                .containsExactly(new ModelDetails.TensorInfo("token_embd.weight", "Q8_0", List.of(2048L, 128256L)));
        assertThat(fixture.ollama.requests("/api/show").getLast().body()).contains("\"verbose\":true");
        assertThat(fixture.engine.show("nope", false)).isEmpty();
    }

    @Test
    void loaded_models_have_their_context_and_survive_new_fields() {
        fixture.ollama.next(
                "/api/ps",
                ScriptedAnswer.json(
                        200,
                        "{\"models\":[{\"name\":\"m:latest\",\"size\":10,\"digest\":\"d\",\"details\":{\"brand_new\":1},\"expires_at\":\"2318-01-01T00:00:00.5+01:00\",\"size_vram\":7,\"context_length\":512}]}"));
        LoadedModel loaded = fixture.engine.loaded().getFirst();
        assertThat(loaded.contextLength()).isEqualTo(512);
        assertThat(loaded.memoryBytes()).isEqualTo(10);
        assertThat(loaded.vramBytes()).isEqualTo(7);
        assertThat(loaded.expiresAt()).isEqualTo("2317-12-31T23:00:00.5Z");
    }

    @Test
    void load_and_unload_work_for_chat_models_and_embedders() {
        fixture.ollama.notResident(MODEL);
        for (String name : List.of("m", "e")) {
            LoadedModel loaded = fixture.engine.load(
                    name, GenerationOptions.of("num_ctx", 1024L), Optional.of(Duration.ofMinutes(1)));
            assertThat(loaded.model().name()).isEqualTo(name + ":latest");
            assertThat(fixture.engine.loaded()).hasSize(1);
            fixture.engine.unload(name);
            assertThat(fixture.engine.loaded()).isEmpty();
        }
        assertThat(fixture.ollama.requests("/api/embed").getFirst().json().toString())
                .isEqualTo("{\"model\":\"e:latest\",\"input\":[],\"keep_alive\":60,\"options\":{\"num_ctx\":1024}}");
        fixture.engine.unload("nope");
    }

    @Test
    void version_comes_from_the_server() {
        assertThat(fixture.engine.version()).isEqualTo("0.33.3");
    }

    @Test
    void the_version_is_asked_when_ollama_is_first_reached_and_when_it_is_back() {
        List<String> told = new CopyOnWriteArrayList<>();
        try (OllamaEngine engine = OllamaEngine.connect(fixture.options()
                .catalogueAge(Duration.ofMillis(20))
                .catalogueStale(Duration.ofMillis(50))
                .versionCheck(version -> {
                    told.add(version);
                    return Optional.empty();
                })
                .build())) {
            assertThat(engine.catalogue()).hasSize(2);
            fixture.ollama.add(ScriptedModel.chat("new:latest"));
            Awaitility.await().atMost(SOON).until(() -> engine.find("new").isPresent());
            assertThat(told).containsExactly("0.33.3");
            int port = fixture.ollama.port();
            fixture.ollama.close();
            Awaitility.await().atMost(SOON).until(() -> engine.catalogue().isEmpty());
            try (ScriptedOllama back = ScriptedOllama.startAt(port, ScriptedModel.chat("back:latest"))) {
                back.always("/api/version", ScriptedAnswer.json(200, "{\"version\":\"0.34.0\"}"));
                Awaitility.await().atMost(SOON).until(() -> engine.find("back").isPresent());
                assertThat(told).last().isEqualTo("0.34.0");
            }
        }
    }

    @Test
    void an_ollama_that_is_refused_lists_nothing_and_is_taken_back_once_it_is_updated() {
        try (OllamaEngine engine = OllamaEngine.connect(fixture.options()
                .catalogueAge(Duration.ofMillis(20))
                .versionCheck(version -> version.equals("0.34.0") ? Optional.empty() : Optional.of("too old"))
                .build())) {
            OpenClawException refused = failure(engine::catalogue);
            assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
            assertThat(refused).hasMessageContaining("is not used: too old");
            assertThat(fixture.ollama.requests("/api/tags")).isEmpty();

            fixture.ollama.always("/api/version", ScriptedAnswer.json(200, "{\"version\":\"0.34.0\"}"));

            Awaitility.await()
                    .atMost(SOON)
                    .ignoreExceptions()
                    .until(() -> engine.catalogue().size() == 2);
        }
    }

    // --- memory ---

    @Test
    void memory_grows_with_the_context_until_the_models_own_length() {
        long small = fixture.engine.memoryNeedBytes(MODEL, OptionalInt.of(1024)).orElseThrow();
        long large = fixture.engine.memoryNeedBytes(MODEL, OptionalInt.of(8192)).orElseThrow();
        long perToken = 16L * 8 * (64 + 64) * 2;
        assertThat(large - small).isEqualTo(perToken * (8192 - 1024));
        assertThat(fixture.engine.memoryNeedBytes(MODEL, OptionalInt.of(1 << 20)))
                .hasValue(large);
        assertThat(fixture.engine.memoryNeedBytes(MODEL, OptionalInt.empty()))
                .hasValue(small + perToken * (4096 - 1024));
        assertThat(fixture.engine.memoryNeedBytes("nope", OptionalInt.empty())).isEmpty();
    }

    @Test
    void what_ollama_reported_goes_before_an_estimate() {
        fixture.ollama.next(
                "/api/ps",
                ScriptedAnswer.json(
                        200,
                        "{\"models\":[{\"name\":\"m:latest\",\"size\":777,\"digest\":\"%s\",\"context_length\":2048}]}"
                                .formatted(ScriptedModel.chat(MODEL).digest())));
        fixture.engine.loaded();
        assertThat(fixture.engine.memoryNeedBytes(MODEL, OptionalInt.of(2048))).hasValue(777);
        assertThat(fixture.engine.memoryNeedBytes(MODEL, OptionalInt.of(2049)).orElseThrow())
                .isGreaterThan(1_321_098_329L);
    }

    @Test
    void memory_there_is_comes_from_the_settings_or_the_machine() {
        assertThat(fixture.engine.memoryBytes().orElseThrow()).isGreaterThan(100L << 20);
        try (OllamaEngine engine =
                OllamaEngine.connect(fixture.options().memoryBytes(5).build())) {
            assertThat(engine.memoryBytes()).hasValue(5);
        }
        try (OllamaEngine remote = OllamaEngine.connect(OllamaEngineOptions.of(URI.create("http://192.0.2.1:11434")))) {
            assertThat(remote.memoryBytes()).isEmpty();
        }
    }

    // --- store ---

    @Test
    void pull_reports_each_step_and_the_model_is_there_afterwards() {
        List<Progress> steps = new ArrayList<>();
        store.pull("new:1b", false, steps::add);
        assertThat(steps.getFirst()).isEqualTo(Progress.of("pulling manifest"));
        assertThat(steps.getLast()).isEqualTo(Progress.of("success"));
        assertThat(steps.get(2).completedBytes()).hasValue(1000);
        assertThat(fixture.engine.find("new:1b")).isPresent();
    }

    @Test
    void a_pull_that_fails_or_stops_is_a_failure() {
        String text =
                "pull model manifest: Get \"https://127.0.0.1:9/v2/\": dial tcp 127.0.0.1:9: connect: connection refused";
        String first = "{\"status\":\"pulling manifest\"}";
        fixture.ollama.next("/api/pull", ScriptedAnswer.stream(List.of(first, OllamaLines.error(text))));
        fixture.ollama.next(
                "/api/pull",
                ScriptedAnswer.stream(List.of(first, OllamaLines.error("pull model manifest: file does not exist"))));
        fixture.ollama.next("/api/pull", ScriptedAnswer.stream(List.of(first)));
        fixture.ollama.next("/api/pull", ScriptedAnswer.json(400, OllamaLines.error("invalid model name")));
        ThrowingCallable pull = () -> store.pull("x/y:z", true, _ -> {});
        assertThat(failure(pull)).hasMessage(text).matches(e -> e.code() == ErrorCode.PROVIDER_FAILED);
        assertThat(failure(pull).code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
        assertThat(failure(pull).code()).isEqualTo(ErrorCode.STREAM_CUT);
        assertThat(failure(pull)).hasMessage("invalid model name").matches(e -> e.code() == ErrorCode.INVALID_REQUEST);
        assertThat(fixture.ollama.requests("/api/pull").getFirst().body()).contains("\"insecure\":true");
    }

    @Test
    void copy_delete_and_create_are_seen_at_once() {
        store.copy(MODEL, "twin");
        assertThat(fixture.engine.find("twin")).isPresent();
        store.delete("twin:latest");
        assertThat(fixture.engine.find("twin")).isEmpty();
        List<String> steps = new ArrayList<>();
        store.create("made:1b", "{\"from\":\"m\",\"system\":\"be brief\"}", step -> steps.add(step.status()));
        assertThat(steps).containsExactly("parsing GGUF", "writing manifest", "success");
        assertThat(fixture.engine.find("made:1b")).isPresent();
        assertThat(fixture.ollama.requests("/api/create").getFirst().body()).contains("\"system\":\"be brief\"");
        assertThat(failure(() -> store.copy("nope", "x"))).hasMessage("model \"nope\" not found");
        assertThat(failure(() -> store.create("x", "[]", _ -> {})).code()).isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @Test
    void blobs_are_stored_once() {
        String digest = "sha256:" + "0a".repeat(32);
        byte[] bytes = "weights".getBytes(StandardCharsets.UTF_8);
        assertThat(store.hasBlob(digest)).isFalse();
        assertThat(store.putBlob(digest, new ByteArrayInputStream(bytes))).isTrue();
        assertThat(store.hasBlob(digest)).isTrue();
        assertThat(store.putBlob(digest, new ByteArrayInputStream(bytes))).isFalse();
        assertThat(fixture.ollama.requests("/api/blobs/" + digest))
                .filteredOn(request -> request.method().equals("POST"))
                .singleElement()
                .matches(request -> request.body().equals("weights"));
        assertThat(failure(() -> store.hasBlob("sha256:../../x"))).hasMessage("invalid digest format");
    }
}
