package io.aitbc.openclaw.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each module requires, exports and provides is changed on purpose only. */
class ModulesIT {
    private static final Path GOLDEN = Path.of("src/test/resources/modules");

    @TempDir
    static Path scratch;

    private static List<ModuleReference> modules;

    @BeforeAll
    static void find() throws IOException {
        modules = OurModules.find(new Installation(scratch).home(), scratch);
    }

    static Stream<ModuleReference> modules() {
        return modules.stream();
    }

    static Stream<ModuleReference> plugins() {
        return modules.stream().filter(module -> OurModules.jar(module).startsWith(scratch));
    }

    @Test
    void every_module_has_a_kept_description() throws IOException {
        try (Stream<Path> kept = Files.list(GOLDEN)) {
            assertThat(kept)
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrderElementsOf(modules.stream()
                            .map(module -> module.descriptor().name() + ".txt")
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void module_is_as_described(ModuleReference module) throws IOException {
        String name = module.descriptor().name() + ".txt";
        String actual = OurModules.describe(module.descriptor());
        Path written = Files.createDirectories(Installation.target().resolve("modules"))
                .resolve(name);
        Files.writeString(written, actual);
        assertThat(module.descriptor().isAutomatic()).isFalse();
        assertThat(GOLDEN.resolve(name)).exists();
        assertThat(actual)
                .as("If the change is meant: cp %s plugins-dist/%s", written, GOLDEN)
                .isEqualTo(Files.readString(GOLDEN.resolve(name)));
    }

    /** A stock PF4J host finds by the list what this host finds by the module. */
    @ParameterizedTest
    @MethodSource("plugins")
    void a_plugin_lists_the_factories_it_provides(ModuleReference module) throws IOException {
        List<String> provided = module.descriptor().provides().stream()
                .flatMap((ModuleDescriptor.Provides provides) -> provides.providers().stream())
                .toList();
        try (JarFile jar = new JarFile(OurModules.jar(module).toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Plugin-Id"))
                    .isNotBlank();
            ZipEntry index = jar.getEntry("META-INF/extensions.idx");
            assertThat(index).isNotNull();
            String text = new String(jar.getInputStream(index).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")))
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(provided);
        }
    }
}
