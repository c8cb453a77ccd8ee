package io.aitbc.openclaw.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that brings a library which is no module. */
class PrivateLibraryTest {
    private static final String VERIFIER = "test/verifier/TestVerifier.java";

    @TempDir
    Path folder;

    private Path library() throws IOException {
        return TestingPlugin.empty("library")
                .file("library/Greeting.java", """
                        package library;

                        public final class Greeting {
                            public static String text() throws Exception {
                                Class<?> shared = Class.forName("io.aitbc.openclaw.api.proof.Verdict");
                                String own = Greeting.class.getModule().isNamed() ? "named" : "unnamed";
                                return own + " " + shared.getModule().getName();
                            }
                        }
                        """)
                .file("io/aitbc/openclaw/api/proof/Verdict.java", """
                        package io.aitbc.openclaw.api.proof;

                        public final class Verdict {}
                        """)
                .jar(folder.resolve("library.jar"));
    }

    private static void zip(Path target, Path plugin, Path library) throws IOException {
        try (OutputStream out = Files.newOutputStream(target);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("the-plugin-1.0.0.jar"));
            zip.write(Files.readAllBytes(plugin));
            zip.putNextEntry(new ZipEntry("lib/"));
            zip.putNextEntry(new ZipEntry("lib/library.jar"));
            zip.write(Files.readAllBytes(library));
        }
    }

    @Test
    void a_private_library_is_in_the_unnamed_module_and_cannot_shadow_the_api() throws IOException {
        Path library = library();
        Path plugin = TestingPlugin.of("verifier")
                .compiledAgainst(library)
                .replace(
                        VERIFIER,
                        "case \"version\" -> verdict(Version.TEXT);",
                        "case \"version\" -> verdict(greeting());")
                .replace(VERIFIER, "    /** Waits for", """
                            private static String greeting() {
                                try {
                                    return library.Greeting.text();
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                            }

                            /** Waits for\
                        """)
                .jar(folder.resolve("plugin.jar"));
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        zip(plugins.resolve("verifier.zip"), plugin, library);
        try (PluginHost host = PluginHost.start(PluginHostOptions.of(plugins, folder.resolve("data")), List.of())) {
            assertThat(host.plugins()).extracting(PluginStatus::state).containsExactly(PluginState.ACTIVE);
            ProofVerifier verifier =
                    host.extensions().first(ProofVerifier.class).orElseThrow();
            assertThat(verifier.verify(new Evidence("version", "{}", Set.of())).reason())
                    .isEqualTo("unnamed io.aitbc.openclaw.api");
            assertThat(verifier.verify(new Evidence("module", "{}", Set.of())).reason())
                    .isEqualTo("module test.verifier");
        }
    }
}
