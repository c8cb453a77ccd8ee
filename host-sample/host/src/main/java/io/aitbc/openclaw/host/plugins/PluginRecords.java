package io.aitbc.openclaw.host.plugins;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What an operator decided about versions of plugins, and where it is written down which ones a host uses. */
public interface PluginRecords {
    /**
     * Why a version must not take the place of what worked last, one line; empty when it may. For what worked last it is only a
     * warning.
     */
    Optional<String> obstacle(String pluginId, String version);

    /** Files that {@link #obstacle} reads: when one changes, plugin files that were refused are looked at again. */
    List<Path> files();

    /** Writes down what a host has done, all at once. Never fails: the plugins are in use already. */
    void changed(List<PluginChange> changes);

    /** Where nobody decides and nothing is written down. */
    static PluginRecords none() {
        return new PluginRecords() {
            @Override
            public Optional<String> obstacle(String pluginId, String version) {
                return Optional.empty();
            }

            @Override
            public List<Path> files() {
                return List.of();
            }

            @Override
            public void changed(List<PluginChange> changes) {}
        };
    }
}
