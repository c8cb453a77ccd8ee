package io.aitbc.openclaw.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.InferenceProviderFactory;
import io.aitbc.openclaw.api.outbox.OutboxHandler;
import io.aitbc.openclaw.api.outbox.OutboxHandlerFactory;
import io.aitbc.openclaw.api.service.BackgroundService;
import io.aitbc.openclaw.api.service.BackgroundServiceFactory;
import io.aitbc.openclaw.api.service.ServiceHealth;
import io.aitbc.openclaw.contract.FixedExtensions;
import io.aitbc.openclaw.contract.TestingPluginContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pf4j.DefaultPluginManager;
import org.pf4j.PluginManager;
import org.pf4j.PluginState;

/** The provider as it was assembled, in a host that is nothing but PF4J. */
class StockPf4jIT {
    private static final String ID = "aitbc-provider";

    @TempDir
    private Path scratch;

    private Path plugins;

    /** As PF4J wants a plugin in a folder: its classes in {@code classes}, what it brings along in {@code lib}. */
    @BeforeEach
    void unpack() throws IOException {
        plugins = Files.createDirectory(scratch.resolve("plugins"));
        Path plugin = Files.createDirectory(plugins.resolve(ID));
        try (Stream<Path> zips = Files.list(new Installation(scratch).home().resolve("plugins"));
                InputStream in = Files.newInputStream(
                        zips.filter(zip -> zip.getFileName().toString().contains(ID))
                                .findFirst()
                                .orElseThrow())) {
            unpack(in, plugin);
        }
        try (Stream<Path> jars = Files.list(plugin);
                InputStream in =
                        Files.newInputStream(jars.filter(jar -> jar.toString().endsWith(".jar"))
                                .findFirst()
                                .orElseThrow())) {
            unpack(in, plugin.resolve("classes"));
        }
    }

    private static void unpack(InputStream archive, Path folder) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(archive)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                assertThat(file.startsWith(folder)).as(entry.getName()).isTrue();
                if (!entry.isDirectory()) {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip, file);
                }
            }
        }
    }

    @Test
    void provider_loads_with_its_miner_and_unloads() throws Exception {
        PluginManager manager = new DefaultPluginManager(plugins);
        manager.setSystemVersion("0.1.0");
        manager.loadPlugins();
        manager.startPlugins();
        assertThat(manager.getPlugin(ID).getPluginState()).isEqualTo(PluginState.STARTED);

        Map<String, String> settings =
                Map.of("coordinator-url", "http://127.0.0.1:1", "marketplace-url", "http://127.0.0.1:1");
        try (TestingPluginContext context = new TestingPluginContext(ID, settings, new FixedExtensions());
                InferenceProvider provider =
                        only(manager, InferenceProviderFactory.class).create(context);
                BackgroundService miner =
                        only(manager, BackgroundServiceFactory.class).create(context)) {
            assertThat(provider.id()).isEqualTo("aitbc");
            assertThat(outboxTopics(manager, context))
                    .containsExactlyInAnyOrder("aitbc-payment-check", "aitbc-receipt-check", "aitbc-miner-result");
            miner.start();
            assertThat(miner.health().state()).isEqualTo(ServiceHealth.State.STOPPED);
            assertThat(miner.health().summary()).contains("miner.enabled");
            assertThat(miner.getClass().getModule().isNamed()).isFalse();
            assertThat(miner.getClass().getClassLoader()).isSameAs(manager.getPluginClassLoader(ID));
        }

        assertThat(manager.unloadPlugin(ID)).isTrue();
    }

    private static List<String> outboxTopics(PluginManager manager, PluginContext context) {
        List<String> topics = new ArrayList<>();
        for (OutboxHandlerFactory factory : manager.getExtensions(OutboxHandlerFactory.class, ID)) {
            try (OutboxHandler handler = factory.create(context)) {
                topics.add(handler.id());
            }
        }
        return topics;
    }

    private static <T> T only(PluginManager manager, Class<T> factory) {
        assertThat(manager.getExtensions(factory, ID)).hasSize(1);
        return manager.getExtensions(factory, ID).getFirst();
    }
}
