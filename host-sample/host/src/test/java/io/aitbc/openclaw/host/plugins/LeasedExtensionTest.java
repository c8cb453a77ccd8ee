package io.aitbc.openclaw.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.Extension;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.api.inference.ModelStore;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LeasedExtensionTest {
    @TempDir
    static Path folder;

    private static PluginHost host;

    @BeforeAll
    static void start() throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        TestingPlugin.of("verifier").jar(plugins.resolve("verifier.jar"));
        host = PluginHost.start(PluginHostOptions.of(plugins, folder.resolve("data")), List.of(new TestingEngine("e")));
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private static OpenClawException failure(String kind) {
        ProofVerifier verifier =
                host.extensions().byId(ProofVerifier.class, "test").orElseThrow();
        return catchThrowableOfType(
                OpenClawException.class, () -> verifier.verify(new Evidence(kind, "top secret", Set.of())));
    }

    @Test
    void an_unexpected_exception_becomes_an_internal_error_that_quotes_nothing() {
        OpenClawException failure = failure("broken");
        assertThat(failure.code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(failure)
                .hasMessageContaining("Plugin 'verifier' failed in verify")
                .hasMessageContaining("IllegalStateException")
                .hasMessageContaining("TestVerifier.java")
                .hasNoCause();
        assertThat(failure.getMessage()).doesNotContain("secret");
        assertThat(failure.getSuppressed()).isEmpty();
    }

    @Test
    void an_error_becomes_an_internal_error() {
        assertThat(failure("stack-overflow").code()).isEqualTo(ErrorCode.INTERNAL);
    }

    @Test
    void a_missing_result_becomes_an_internal_error() {
        assertThat(failure("nothing"))
                .hasMessage("Plugin 'verifier' returned nothing from verify")
                .extracting(OpenClawException::code)
                .isEqualTo(ErrorCode.INTERNAL);
    }

    @Test
    void a_typed_error_keeps_its_code_and_text_and_loses_its_cause() {
        OpenClawException failure = failure("typed");
        assertThat(failure.code()).isEqualTo(ErrorCode.PROOF_INVALID);
        assertThat(failure).hasMessage("the typed message").hasNoCause();
    }

    @Test
    void a_typed_error_keeps_the_status_of_the_server_behind_it() {
        assertThat(failure("upstream").upstreamStatus()).hasValue(503);
    }

    @Test
    void an_error_of_the_hosts_own_extension_arrives_as_it_is() {
        LocalEngine engine = host.extensions().first(LocalEngine.class).orElseThrow();
        OpenClawException failure = catchThrowableOfType(
                OpenClawException.class,
                () -> engine.load(
                        "m", io.aitbc.openclaw.api.inference.GenerationOptions.none(), java.util.Optional.empty()));
        assertThat(failure).hasMessage("model 'm' not found");
        assertThat(engine.memoryBytes()).hasValue(42);
        assertThat(engine.store()).isEmpty();
    }

    static Stream<Class<?>> points() {
        return Stream.concat(
                ExtensionPoint.all().stream().map(ExtensionPoint::type),
                Stream.of(LocalEngine.class, ModelStore.class));
    }

    /** Also the default methods: a handle that inherits one would answer in place of the plugin. */
    @ParameterizedTest
    @MethodSource("points")
    void a_handle_passes_on_every_method_of_its_interface(Class<?> point) throws NoSuchMethodException {
        Class<?> handle = handleClass(point);
        List<String> inherited = new ArrayList<>();
        for (Method method : point.getMethods()) {
            if (handle.getMethod(method.getName(), method.getParameterTypes())
                    .getDeclaringClass()
                    .isInterface()) {
                inherited.add(method.getName());
            }
        }
        assertThat(inherited).isEmpty();
    }

    private static Class<?> handleClass(Class<?> point) {
        if (point == ModelStore.class) {
            return LeasedStore.class;
        }
        ExtensionKey<?> key = new ExtensionKey<>(point.asSubclass(Extension.class), "any");
        return ExtensionPoint.handle(new PluginSlot("any"), key).getClass();
    }
}
