package io.aitbc.openclaw.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.Extension;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One bad plugin never stops the others, and its cause is shown. */
@Execution(ExecutionMode.SAME_THREAD) // collects garbage, and waits for it to be gone
class FailingPluginsTest {
    private static final String FACTORY = "test/verifier/TestVerifierFactory.java";
    private static final String CREATION = "BackgroundWork.start(context);";

    /** A way to be bad, and a part of the text that says so. */
    enum Fault {
        MISSING_MODULE("Module test.absent not found") {
            @Override
            void write(Path target) throws IOException {
                TestingPlugin absent = TestingPlugin.empty("absent").file("module-info.java", "module test.absent {}");
                Path library = absent.jar(target.resolveSibling("absent.tmp"));
                verifier()
                        .replace("module-info.java", "requires", "requires test.absent;\n    requires")
                        .withModule(Files.move(library, target.resolveSibling(".absent.jar")))
                        .jar(target);
            }
        },
        OTHER_API_VERSION("needs version >=2.0.0 of the plugin API") {
            @Override
            void write(Path target) throws IOException {
                verifier().manifest("Plugin-Requires", ">=2.0.0").jar(target);
            }
        },
        LATER_API_VERSION_WITHOUT_OPERATOR("needs version 0.2.0 of the plugin API") {
            @Override
            void write(Path target) throws IOException {
                verifier().manifest("Plugin-Requires", "0.2.0").jar(target);
            }
        },
        SENSELESS_REQUIREMENT("is not a version expression") {
            @Override
            void write(Path target) throws IOException {
                verifier().manifest("Plugin-Requires", ">=@!").jar(target);
            }
        },
        NO_MODULE("has no module-info.class") {
            @Override
            void write(Path target) throws IOException {
                TestingPlugin.empty("bad")
                        .file("test/Nothing.java", "package test; class Nothing {}")
                        .jar(target);
            }
        },
        EMPTY_FILE("is not a readable jar") {
            @Override
            void write(Path target) throws IOException {
                Files.createFile(target);
            }
        },
        GARBAGE("is not a readable jar") {
            @Override
            void write(Path target) throws IOException {
                Files.write(
                        target,
                        new java.util.Random(7)
                                .ints(5000)
                                .mapToObj(Integer::toString)
                                .toList());
            }
        },
        CUT_JAR("is not a readable jar") {
            @Override
            void write(Path target) throws IOException {
                byte[] whole = Files.readAllBytes(verifier().jar(target));
                Files.write(target, java.util.Arrays.copyOf(whole, whole.length / 2));
            }
        },
        NO_ID("has no Plugin-Id") {
            @Override
            void write(Path target) throws IOException {
                verifier().manifest("Plugin-Id", "").jar(target);
            }
        },
        ID_WITH_PATH("is not allowed") {
            @Override
            void write(Path target) throws IOException {
                verifier().manifest("Plugin-Id", "../../etc").jar(target);
            }
        },
        ID_OF_THE_HOST("is not allowed") {
            @Override
            void write(Path target) throws IOException {
                verifier().manifest("Plugin-Id", "host").jar(target);
            }
        },
        NO_VERSION("has no Plugin-Version") {
            @Override
            void write(Path target) throws IOException {
                verifier().manifest("Plugin-Version", "").jar(target);
            }
        },
        VERSION_OF_TWO_NUMBERS("'1.0' is not a semantic version") {
            @Override
            void write(Path target) throws IOException {
                verifier().version("1.0").jar(target);
            }
        },
        PLUGIN_DEPENDENCIES("Plugin-Dependencies 'other' is not supported") {
            @Override
            void write(Path target) throws IOException {
                verifier().manifest("Plugin-Dependencies", "other").jar(target);
            }
        },
        DUPLICATE_ID("is taken by 1-good.jar") {
            @Override
            void write(Path target) throws IOException {
                verifier().manifest("Plugin-Id", "good").version("0.9.0").jar(target);
            }
        },
        DUPLICATE_EXTENSION("contributes ProofVerifier/test, which 'good' contributes already") {
            @Override
            void write(Path target) throws IOException {
                verifier().jar(target);
            }
        },
        EXTENSION_OF_THE_HOST("contributes ProofVerifier/built-in, which 'host' contributes already") {
            @Override
            void write(Path target) throws IOException {
                verifier()
                        .replace("test/verifier/TestVerifier.java", "\"test\"", "\"built-in\"")
                        .jar(target);
            }
        },
        UNUSABLE_EXTENSION_ID("is not usable") {
            @Override
            void write(Path target) throws IOException {
                verifier()
                        .replace("test/verifier/TestVerifier.java", "\"test\"", "\"Not An Id\"")
                        .jar(target);
            }
        },
        SILENT_EXTENSION("ProofVerifier/test does not say its kinds") {
            @Override
            void write(Path target) throws IOException {
                verifier()
                        .replace("test/verifier/TestVerifier.java", "return Set.of(\"version\");", "return null;")
                        .jar(target);
            }
        },
        THROWING_EXTENSION("probing failed: IllegalStateException: half of it is missing") {
            @Override
            void write(Path target) throws IOException {
                verifier()
                        .replace(
                                "test/verifier/TestVerifier.java",
                                "return Set.of(\"version\");",
                                "throw new IllegalStateException(\"half of it is missing\");")
                        .jar(target);
            }
        },
        NO_FACTORY("provides no factory") {
            @Override
            void write(Path target) throws IOException {
                TestingPlugin.empty("bad")
                        .file("module-info.java", "module test.bad {}")
                        .jar(target);
            }
        },
        THROWING_FACTORY("IllegalStateException: no luck today; caused by IOException: disk full") {
            @Override
            void write(Path target) throws IOException {
                verifier()
                        .replace(
                                FACTORY,
                                CREATION,
                                "if (context != null) throw new IllegalStateException(\"no luck today\","
                                        + " new java.io.IOException(\"disk full\"));")
                        .jar(target);
            }
        },
        THROWING_CONSTRUCTOR("ExceptionInInitializerError") {
            @Override
            void write(Path target) throws IOException {
                verifier()
                        .replace(
                                FACTORY,
                                "@Override",
                                "private static final int ZERO = 0;\n"
                                        + "    private static final int BAD = 1 / ZERO;\n    @Override")
                        .jar(target);
            }
        },
        NULL_EXTENSION("created nothing") {
            @Override
            void write(Path target) throws IOException {
                verifier()
                        .replace(FACTORY, "return new TestVerifier(context);", "return null;")
                        .jar(target);
            }
        },
        BAD_SETTING("plugins.bad.size must be a whole number") {
            @Override
            void write(Path target) throws IOException {
                verifier()
                        .replace(FACTORY, CREATION, "context.config().integer(\"size\", 1);")
                        .jar(target);
            }
        },
        UNREADABLE_KEY("NumberFormatException: For input string: \"(wallet-key)\"") {
            @Override
            void write(Path target) throws IOException {
                verifier()
                        .replace(
                                FACTORY,
                                CREATION,
                                "Integer.parseInt(context.config().text(\"wallet-key\").orElseThrow());")
                        .jar(target);
            }
        },
        SLOW_START("starting took longer than 700 ms") {
            @Override
            void write(Path target) throws IOException {
                verifier()
                        .replace(FACTORY, CREATION, "hang();")
                        .replace(FACTORY, "    @Override", """
                                    private static void hang() {
                                        try {
                                            new java.util.concurrent.CountDownLatch(1).await();
                                        } catch (InterruptedException e) {
                                            throw new IllegalStateException(e);
                                        }
                                    }

                                    @Override\
                                """)
                        .jar(target);
            }
        },
        SHADOWED_API_PACKAGE("its module does not fit into the host") {
            @Override
            void write(Path target) throws IOException {
                TestingPlugin.addClass(verifier().jar(target), "io/aitbc/openclaw/api/proof/Evil.class");
            }
        };

        private final String cause;

        Fault(String cause) {
            this.cause = cause;
        }

        abstract void write(Path target) throws IOException;

        static TestingPlugin verifier() {
            return TestingPlugin.of("verifier").manifest("Plugin-Id", "bad");
        }
    }

    @TempDir
    static Path jars;

    @TempDir
    Path folder;

    private static Path good;

    @BeforeAll
    static void compile() throws IOException {
        good = TestingPlugin.of("verifier").manifest("Plugin-Id", "good").jar(jars.resolve("good.jar"));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void a_bad_plugin_is_reported_and_the_others_work(Fault fault) throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        Files.copy(good, plugins.resolve("1-good.jar"));
        fault.write(plugins.resolve("2-bad.jar"));
        PluginHostOptions options = PluginHostOptions.of(plugins, folder.resolve("data"))
                .withConfig(Map.of("bad", Map.of("size", "huge", "wallet-key", "0xSECRET")))
                .withLimits(Duration.ofMillis(700), Duration.ofSeconds(5));
        try (PluginHost host = PluginHost.start(options, List.of(new TestingVerifier("built-in", () -> {})))) {
            assertThat(host.plugins()).hasSize(2);
            assertThat(host.plugins().getFirst().state()).isEqualTo(PluginState.ACTIVE);
            PluginStatus bad = host.plugins().getLast();
            assertThat(bad.state()).isEqualTo(PluginState.FAILED);
            assertThat(bad.failure().orElseThrow()).contains(fault.cause);
            assertThat(host.extensions().all(ProofVerifier.class))
                    .extracting(Extension::id)
                    .containsExactly("built-in", "test");
            await().until(() -> {
                System.gc();
                return host.unloadedInMemory() == 0;
            });
        }
    }

    @Test
    void nothing_of_a_plugin_that_failed_to_start_keeps_running() throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        TestingPlugin.of("verifier")
                .replace(FACTORY, CREATION, CREATION + " if (context != null) throw new IllegalStateException();")
                .jar(plugins.resolve("bad.jar"));
        try (PluginHost host = PluginHost.start(PluginHostOptions.of(plugins, folder.resolve("data")), List.of())) {
            assertThat(host.plugins()).extracting(PluginStatus::failure).doesNotContain(Optional.empty());
            assertThat(folder.resolve("data/plugins/verifier/task-interrupted")).exists();
        }
    }

    @Test
    void hidden_and_other_files_are_left_alone() throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        Files.copy(good, plugins.resolve(".good.jar"));
        Files.copy(good, plugins.resolve("good.jar.part"));
        Files.createDirectories(plugins.resolve("folder.jar"));
        try (PluginHost host = PluginHost.start(PluginHostOptions.of(plugins, folder.resolve("data")), List.of())) {
            assertThat(host.plugins()).isEmpty();
        }
    }
}
