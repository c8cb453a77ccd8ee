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
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.SAME_THREAD) // collects garbage, and waits for it to be gone
class RemainsTest {
    private final AtomicLong collections = new AtomicLong(3);

    private Remains remains(ClassLoader loader, List<WeakReference<Thread>> threads) {
        return new Remains(
                new PluginEntry(Path.of("a.jar"), InstantSource.system()),
                new WeakReference<>(loader),
                new AtomicInteger(),
                new AtomicInteger(),
                List.of(),
                threads,
                3,
                collections::get);
    }

    @Test
    void what_was_just_closed_is_held_by_nothing_and_after_a_collection_by_something_unknown() throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[0])) {
            Remains remains = remains(loader, List.of());
            assertThat(remains.holders()).isEmpty();
            collections.set(4);
            assertThat(remains.holders()).singleElement().asString().startsWith("nothing the host can see");
            Reference.reachabilityFence(loader);
        }
    }

    @Test
    void a_thread_that_was_started_in_a_call_is_a_guess_and_only_where_nothing_else_is_left() throws Exception {
        Thread current = Thread.currentThread();
        try (URLClassLoader loader = new URLClassLoader(new URL[0])) {
            Remains remains = remains(loader, List.of(new WeakReference<>(current)));
            assertThat(remains.holders()).isEmpty();
            collections.set(4);
            assertThat(remains.holders())
                    .singleElement()
                    .asString()
                    .startsWith("perhaps thread '" + current.getName() + "'");

            ClassLoader before = current.getContextClassLoader();
            current.setContextClassLoader(loader);
            try {
                assertThat(remains.holders()).singleElement().asString().startsWith("thread '");
            } finally {
                current.setContextClassLoader(before);
            }
            Reference.reachabilityFence(loader);
        }
    }

    @Test
    void collections_of_old_objects_are_counted() {
        long before = GarbageCollections.ofOldObjects();
        System.gc();
        assertThat(GarbageCollections.ofOldObjects()).isGreaterThan(before);
    }
}
