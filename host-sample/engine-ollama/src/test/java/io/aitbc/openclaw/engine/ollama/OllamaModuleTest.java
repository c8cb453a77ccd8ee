package io.aitbc.openclaw.engine.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OllamaModuleTest {
    // Row: 28 jars that are no modules, and that clash when two loaders share a metrics library.
    @Test
    void the_module_does_not_require_ollama4j_or_its_libraries() {
        assertThat(OllamaEngine.class.getModule().isNamed()).isTrue();
        assertThat(OllamaEngine.class.getModule().getDescriptor().requires())
                .noneMatch(it ->
                        it.name().matches(".*(ollama4j|prometheus|guava|com\\.fasterxml\\.jackson\\.databind).*"));
    }

    @Test
    void only_one_class_sees_ollama4j() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            assertThat(sources.filter(Files::isRegularFile).filter(OllamaModuleTest::namesOllama4j))
                    .singleElement()
                    .asString()
                    .endsWith("Ollama4jManagement.java");
        }
    }

    private static boolean namesOllama4j(Path source) {
        try {
            return Files.readString(source).contains("io.github.ollama4j");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
