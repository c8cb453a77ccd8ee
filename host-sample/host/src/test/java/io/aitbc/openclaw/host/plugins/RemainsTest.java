package io.aitbc.openclaw.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RemainsTest {
    @Test
    void what_was_just_closed_is_held_by_nothing_and_after_a_collection_by_something_unknown() throws Exception {
        Object uncollected = new Object();
        WeakReference<Object> witness = new WeakReference<>(uncollected);
        try (URLClassLoader loader = new URLClassLoader(new URL[0])) {
            Remains remains = new Remains(
                    new PluginEntry(Path.of("a.jar"), InstantSource.system()),
                    new WeakReference<>(loader),
                    new AtomicInteger(),
                    new AtomicInteger(),
                    List.of(),
                    List.of(),
                    witness);

            assertThat(remains.holders()).isEmpty();
            Reference.reachabilityFence(uncollected);
            witness.clear();

            assertThat(remains.holders()).singleElement().asString().startsWith("nothing the host can see");
            Reference.reachabilityFence(loader);
        }
    }
}
