package io.aitbc.openclaw.skills;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.contract.Failures;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterSettingsTest {
    @Test
    void without_settings_nothing_leaves_unless_it_is_named() {
        RouterSettings settings = RouterSettings.from(PluginConfig.empty("plugins.skill-router"));
        assertThat(settings.offload()).isEqualTo(Offload.EXPLICIT);
        assertThat(settings.maxLocalMemory()).isEmpty();
        assertThat(settings.memoryHeadroom()).isEqualTo(1.1);
    }

    @ParameterizedTest
    @CsvSource({
        "offload,always",
        "memory-headroom,0.5",
        "memory-headroom,much",
        "memory-headroom,NaN",
        "first-byte-timeout,0s",
        "waiting-timeout,soon",
        "max-local-memory,8GB"
    })
    void settings_that_cannot_work_are_named(String key, String value) {
        assertThat(Failures.assertFails(
                        ErrorCode.INVALID_CONFIG,
                        () -> RouterSettings.from(new PluginConfig("plugins.skill-router", Map.of(key, value)))))
                .hasMessageStartingWith("plugins.skill-router." + key + " must be ");
    }

    @Test
    void misspelt_setting_is_named_with_those_that_exist() {
        assertThat(Failures.assertFails(
                        ErrorCode.INVALID_CONFIG,
                        () -> RouterSettings.from(
                                new PluginConfig("plugins.skill-router", Map.of("enabled", "true", "ofload", "off")))))
                .hasMessage("Unknown setting 'plugins.skill-router.ofload'; known are embed-timeout,"
                        + " first-byte-timeout, max-local-memory, memory-headroom, offload, waiting-timeout");
    }

    @Test
    void stock_plugin_hosts_find_the_same_factory_as_the_module_names() throws Exception {
        ModuleDescriptor module = SkillRouterFactory.class.getModule().getDescriptor();
        List<String> provided = module.provides().stream()
                .flatMap(provides -> provides.providers().stream())
                .toList();
        try (InputStream index = SkillRouterFactory.class.getResourceAsStream("/META-INF/extensions.idx")) {
            assertThat(new String(index.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .containsExactlyElementsOf(provided);
        }
    }
}
