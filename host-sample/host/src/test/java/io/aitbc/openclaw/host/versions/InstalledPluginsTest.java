package io.aitbc.openclaw.host.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledPluginsTest {
    @TempDir
    Path plugins;

    private void install(String file, String version) throws IOException {
        Path _ = TestingArchive.of("zk", version).at(plugins.resolve(file));
    }

    @Test
    void of_several_files_of_a_plugin_the_highest_version_counts_as_it_does_for_the_host() throws IOException {
        install("a.jar", "1.9.0");
        install("b.jar", "1.10.0");
        install("c.jar", "1.10.0-rc.1");

        InstalledPlugins found = InstalledPlugins.in(plugins);

        assertThat(found.plugins()).singleElement().satisfies(plugin -> {
            assertThat(plugin.version()).isEqualTo("1.10.0");
            assertThat(plugin.file()).hasFileName("b.jar");
        });
        assertThat(found.broken())
                .containsExactlyInAnyOrder(
                        "a.jar: plugin 'zk' 1.9.0 is not used, because b.jar holds 1.10.0",
                        "c.jar: plugin 'zk' 1.10.0-rc.1 is not used, because b.jar holds 1.10.0");
    }

    @Test
    void of_equal_versions_the_file_whose_name_sorts_first_counts() throws IOException {
        install("b.jar", "1.0.0");
        install("a.jar", "1.0.0");

        assertThat(InstalledPlugins.in(plugins).find("zk").orElseThrow().file()).hasFileName("a.jar");
    }

    @Test
    void builds_of_one_version_are_equal_as_they_are_for_the_host() throws IOException {
        install("a.jar", "1.0.0+1");
        install("b.jar", "1.0.0+2");

        assertThat(InstalledPlugins.in(plugins).find("zk").orElseThrow().file()).hasFileName("a.jar");
    }
}
