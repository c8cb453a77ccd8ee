package io.aitbc.openclaw.host.plugins;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the host still knows of an unloaded generation. Refers to nothing of the plugin itself.
 *
 * @param loader its class loader, as long as it is in memory
 * @param calls how many calls run in it
 * @param tasks how many of its tasks run
 * @param services those that did not stop
 * @param threads that had its class loader as their context when it was closed
 * @param collections how many had been made of old objects, class loaders among them, when it was closed
 * @param counting says how many there were until now
 */
record Remains(
        PluginEntry entry,
        WeakReference<ClassLoader> loader,
        AtomicInteger calls,
        AtomicInteger tasks,
        List<String> services,
        List<WeakReference<Thread>> threads,
        long collections,
        LongSupplier counting) {
    private static final int MOST_HOLDERS = 20;

    Remains(PluginEntry entry, ClassLoader loader, AtomicInteger calls, AtomicInteger tasks, List<String> services) {
        this(
                entry,
                new WeakReference<>(loader),
                calls,
                tasks,
                services,
                release(loader),
                GarbageCollections.ofOldObjects(),
                GarbageCollections::ofOldObjects);
    }

    Remains {
        services = List.copyOf(services);
        threads = List.copyOf(threads);
    }

    /**
     * Threads inherit the context of the one that starts them, so those that shared libraries keep for later (OkHttp's above all)
     * would hold the plugin in whose call they were started. They get the host's; whose code they run stays to be seen.
     */
    private static List<WeakReference<Thread>> release(ClassLoader loader) {
        List<WeakReference<Thread>> released = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (loader.equals(thread.getContextClassLoader())) {
                thread.setContextClassLoader(Remains.class.getClassLoader());
                released.add(new WeakReference<>(thread));
            }
        }
        return released;
    }

    boolean inMemory() {
        return !loader.refersTo(null);
    }

    /** One line each; not empty when it is in memory although there was a collection since it was closed that could have taken it. */
    List<String> holders() {
        List<String> holders = new ArrayList<>();
        if (!inMemory()) {
            return holders;
        }
        count(holders, calls.get(), "call that does not end", "calls that do not end");
        count(holders, tasks.get(), "task that does not end", "tasks that do not end");
        services.forEach(service -> holders.add("service '" + service + "', which did not stop"));
        threads(holders, "", this::isOurs);
        properties(holders);
        if (holders.isEmpty() && counting.getAsLong() > collections) {
            threads(holders, "perhaps ", thread -> threads.stream().anyMatch(known -> known.refersTo(thread)));
        }
        if (holders.isEmpty() && counting.getAsLong() > collections) {
            holders.add("nothing the host can see: it is still in memory until it is collected, or a shutdown hook,"
                    + " a static field or a native reference keeps it");
        }
        return holders;
    }

    private static void count(List<String> holders, int number, String one, String many) {
        if (number > 0) {
            holders.add(number + " " + (number == 1 ? one : many));
        }
    }

    private static void threads(List<String> holders, String how, Predicate<Thread> which) {
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            if (which.test(thread) && holders.size() < MOST_HOLDERS) {
                holders.add("%sthread '%s' (%s%s)"
                        .formatted(
                                how,
                                FailureText.oneLine(thread.getName()),
                                thread.getState(),
                                stack.length == 0 ? "" : " at " + stack[0]));
            }
        });
    }

    private boolean isOurs(Thread thread) {
        return isOurs(thread.getContextClassLoader())
                || isOurs(thread.getClass().getClassLoader());
    }

    private boolean isOurs(@Nullable ClassLoader candidate) {
        return candidate != null && loader.refersTo(candidate);
    }

    private void properties(List<String> holders) {
        System.getProperties().forEach((key, value) -> {
            boolean ours = isOurs(key.getClass().getClassLoader())
                    || isOurs(value.getClass().getClassLoader());
            if (ours && holders.size() < MOST_HOLDERS) {
                String name = key instanceof String text ? text : "of its own type";
                holders.add("system property '" + FailureText.oneLine(name) + "'");
            }
        });
    }
}
