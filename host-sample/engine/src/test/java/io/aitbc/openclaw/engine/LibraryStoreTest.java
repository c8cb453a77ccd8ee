package io.aitbc.openclaw.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.ModelDetails;
import io.aitbc.openclaw.api.inference.ModelStore;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.engine.gguf.TestModels;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryStoreTest {
    @TempDir
    private Path directory;

    private Path models;
    private EmbeddedEngine engine;
    private ModelStore store;

    @BeforeEach
    void open() throws IOException {
        models = Files.createDirectories(directory.resolve("mine"));
        engine = EmbeddedEngine.open(
                EmbeddedEngineOptions.in(directory.resolve("data")).withModelDirectory(models));
        store = engine.store().orElseThrow();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private List<String> names() {
        return engine.catalogue().stream().map(ModelDescriptor::name).toList();
    }

    private String say(String model, String text) {
        return Asking.answer(engine.chat(new ChatRequest(
                        model,
                        List.of(ChatMessage.user(text)),
                        List.of(),
                        Asking.settings(Asking.greedy(4)),
                        RequestContext.of("test"))))
                .text();
    }

    @Test
    void files_of_the_operator_are_models() {
        TestModels.write(TestModels.WREN, models.resolve("My-Model.Q8_0.gguf"));

        assertThat(names()).containsExactly("wren-tiny:latest", "wren-tiny-embed:latest", "my-model.q8_0:latest");
        assertThat(say("my-model.q8_0", "Hello")).isEqualTo("Hello! What can");
        assertThat(engine.find("my-model.q8_0").orElseThrow().digest())
                .contains(BundledModel.ALL.getFirst().digest());
    }

    @Test
    void broken_files_are_left_out_and_their_problem_is_told_to_who_asks_for_them() throws IOException {
        byte[] cut = java.util.Arrays.copyOf(TestModels.bytes(TestModels.WREN), 500_000);
        Files.write(models.resolve("cut.gguf"), cut);
        Files.writeString(models.resolve("text.gguf"), "hello");

        assertThat(names()).containsExactly("wren-tiny:latest", "wren-tiny-embed:latest");
        assertThat(Failures.assertFails(ErrorCode.PROVIDER_FAILED, () -> say("cut", "Hello")))
                .hasMessageContaining("cut.gguf: tensor");
        assertThat(Failures.assertFails(ErrorCode.PROVIDER_FAILED, () -> say("text", "Hello")))
                .hasMessageContaining("text.gguf: magic");
        assertThat(Failures.assertFails(ErrorCode.MODEL_NOT_FOUND, () -> say("other", "Hello")))
                .hasMessage("model 'other' not found");
    }

    @Test
    void copies_answer_and_can_be_deleted() throws IOException {
        store.copy("wren-tiny", "me/bird:small");

        assertThat(names()).contains("me/bird:small");
        assertThat(say("ME/Bird:small", "Hello")).isEqualTo("Hello! What can");

        store.delete("me/bird:small");

        assertThat(names()).doesNotContain("me/bird:small");
        assertThat(say("wren-tiny", "Hello")).isEqualTo("Hello! What can");
    }

    @Test
    void copy_outlives_the_file_it_was_made_from() {
        TestModels.write(TestModels.WREN_EMBED, models.resolve("mine.gguf"));
        store.copy("mine", "kept");

        store.delete("mine");

        assertThat(models.resolve("mine.gguf")).doesNotExist();
        assertThat(names()).contains("kept:latest").doesNotContain("mine:latest");
    }

    @Test
    void model_from_a_model_has_its_own_parameters_and_system_prompt() {
        List<String> steps = new ArrayList<>();

        store.create("short", """
                {"from":"wren-tiny","system":"You are Wren.","parameters":{"num_predict":2,"stop":["x","y"]},
                 "license":["mine"],"stream":false}""", step -> steps.add(step.status()));

        assertThat(steps).hasSize(3).first().asString().startsWith("using existing layer sha256:");
        assertThat(steps.subList(1, 3)).containsExactly("writing manifest", "success");
        ModelDetails details = engine.show("short", false).orElseThrow();
        assertThat(details.system()).contains("You are Wren.");
        assertThat(details.license()).contains("mine");
        assertThat(details.parameters().orElseThrow().lines())
                .hasSize(3)
                .anyMatch(line -> line.matches("num_predict +2"))
                .anyMatch(line -> line.matches("stop +\"x\""));
        Asking.Answer answer = Asking.answer(engine.chat(new ChatRequest(
                "short",
                List.of(ChatMessage.user("Hello")),
                List.of(),
                Asking.settings(GenerationOptions.of("temperature", 0L)),
                RequestContext.of("test"))));
        assertThat(answer.end().usage().outputTokens()).hasValue(2);
        assertThat(answer.end().usage().promptTokens().getAsInt()).isGreaterThan(10);
    }

    @Test
    void model_from_an_uploaded_file() throws IOException {
        byte[] bytes = TestModels.bytes(TestModels.WREN_EMBED);
        bytes[bytes.length - 1] ^= 1;
        Path copy = Files.write(directory.resolve("copy"), bytes);
        String digest = "sha256:" + Digests.sha256(copy);

        assertThat(store.hasBlob(digest)).isFalse();
        assertThat(store.putBlob(digest, new ByteArrayInputStream(bytes))).isTrue();
        assertThat(store.putBlob(digest, new ByteArrayInputStream(new byte[0]))).isFalse();
        assertThat(store.hasBlob(digest)).isTrue();
        List<String> steps = new ArrayList<>();
        store.create("uploaded", "{\"files\":{\"model.gguf\":\"" + digest + "\"}}", step -> steps.add(step.status()));

        assertThat(steps).first().isEqualTo("parsing GGUF");
        assertThat(engine.find("uploaded").orElseThrow().digest()).contains(digest.substring(7));
        store.delete("uploaded");
        assertThat(store.hasBlob(digest)).isFalse();
    }

    @Test
    void blobs_with_another_digest_and_blobs_that_are_no_model_are_refused() throws IOException {
        byte[] text = "hello".getBytes(StandardCharsets.UTF_8);
        String digest = "sha256:" + Digests.sha256("hello");

        assertThat(Failures.assertFails(
                        ErrorCode.INVALID_REQUEST,
                        () -> store.putBlob("sha256:" + "0".repeat(64), new ByteArrayInputStream(text))))
                .hasMessageStartingWith("digest mismatch, expected \"sha256:000");
        assertThat(Failures.assertFails(ErrorCode.INVALID_REQUEST, () -> store.hasBlob("../../etc/passwd")))
                .hasMessage("invalid digest format");
        store.putBlob(digest, new ByteArrayInputStream(text));
        assertThat(Failures.assertFails(
                        ErrorCode.INVALID_REQUEST,
                        () -> store.create("x", "{\"files\":{\"a\":\"" + digest + "\"}}", step -> {})))
                .hasMessageContaining("magic");
        try (Stream<Path> left = Files.list(models.resolve("blobs"))) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void requests_that_cannot_be_followed_are_refused() {
        assertThat(Failures.assertFails(ErrorCode.INVALID_REQUEST, () -> store.create("x", "{}", step -> {})))
                .hasMessage("neither 'from' or 'files' was specified");
        assertThat(Failures.assertFails(
                        ErrorCode.UNSUPPORTED,
                        () -> store.create("x", "{\"from\":\"wren-tiny\",\"template\":\"{{ .Prompt }}\"}", step -> {})))
                .hasMessageContaining("template");
        assertThat(Failures.assertFails(ErrorCode.INVALID_REQUEST, () -> store.create("a b", "{}", step -> {})))
                .hasMessage("invalid model name");
        assertThat(Failures.assertFails(ErrorCode.INVALID_REQUEST, () -> store.copy("a b", "x")))
                .hasMessage("source \"a b\" is invalid");
        assertThat(Failures.assertFails(ErrorCode.INVALID_REQUEST, () -> store.delete("a b")))
                .hasMessage("name \"a b\" is invalid");
        assertThat(Failures.assertFails(ErrorCode.MODEL_NOT_FOUND, () -> store.copy("none", "x")))
                .hasMessage("model \"none\" not found");
        assertThat(Failures.assertFails(ErrorCode.INVALID_REQUEST, () -> store.delete("wren-tiny")))
                .hasMessageContaining("part of the embedded engine");
        Failures.assertFails(ErrorCode.INVALID_REQUEST, () -> store.copy("wren-tiny-embed", "wren-tiny"));
    }

    /** Not as a failure of the settings: the API would say that the model is not there. */
    @Test
    void folder_that_cannot_be_written_to_is_said_to_be_one() throws IOException {
        Files.createFile(models.resolve("blobs"));
        Files.createFile(models.resolve("manifests"));
        byte[] text = "hello".getBytes(StandardCharsets.UTF_8);

        assertThat(Failures.assertFails(ErrorCode.INTERNAL, () -> store.copy("wren-tiny", "x")))
                .hasMessageStartingWith("cannot write to " + models);
        assertThat(Failures.assertFails(
                        ErrorCode.INTERNAL,
                        () -> store.putBlob("sha256:" + Digests.sha256("hello"), new ByteArrayInputStream(text))))
                .hasMessageStartingWith("cannot store models in " + models);
    }

    @Test
    void only_what_is_here_can_be_pulled() {
        List<String> steps = new ArrayList<>();
        store.pull("wren-tiny", false, step -> steps.add(step.status()));

        assertThat(steps).containsExactly("pulling manifest", "success");
        assertThat(Failures.assertFails(ErrorCode.UNSUPPORTED, () -> store.pull("llama3", false, step -> {})))
                .hasMessageContaining(models.toString());
    }

    @Test
    void deleting_a_loaded_model_unloads_it() {
        TestModels.write(TestModels.WREN, models.resolve("mine.gguf"));
        engine.load("mine", GenerationOptions.none(), Optional.empty());

        store.delete("mine");

        assertThat(engine.loaded()).isEmpty();
    }
}
