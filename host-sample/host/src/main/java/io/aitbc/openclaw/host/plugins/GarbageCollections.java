package io.aitbc.openclaw.host.plugins;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** How often the JVM collected. */
final class GarbageCollections {
    private GarbageCollections() {}

    /** Class loaders are old objects; the frequent collections of young ones leave them alone. */
    static long ofOldObjects() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(collector -> Arrays.stream(collector.getMemoryPoolNames())
                        .anyMatch(pool -> pool.contains("Old") || pool.contains("Tenured")))
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }
}
