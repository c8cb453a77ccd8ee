package io.aitbc.openclaw.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginSettingsTest {
    private static Map<String, String> provider(String... more) {
        Map<String, String> settings = new HashMap<>(Map.of("aitbc", "http://127.0.0.1:9"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        HostConfig config = HostConfig.read(settings, Map.of(), Optional.empty());
        return PluginSettings.of(config, Path.of("data"), Optional.empty()).get("aitbc-provider");
    }

    @Test
    void the_lowest_protocol_is_that_of_the_table_where_good_versions_are_required() {
        assertThat(provider()).doesNotContainKey("lowest-profile");
        assertThat(provider("compatibility", "require")).containsEntry("lowest-profile", "current");
    }

    @ParameterizedTest
    @CsvSource({"warn, current", "require, march"})
    void the_operators_own_choice_goes_first(String policy, String lowest) {
        assertThat(provider("compatibility", policy, "plugins.aitbc-provider.lowest-profile", lowest))
                .containsEntry("lowest-profile", lowest);
    }
}
