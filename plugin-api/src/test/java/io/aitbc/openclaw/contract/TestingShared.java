package io.aitbc.openclaw.contract;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The objects that the extensions of a plugin under test share. */
public final class TestingShared implements AutoCloseable {
    private final Map<Class<?>, AutoCloseable> objects = new LinkedHashMap<>();

    public synchronized <T extends AutoCloseable> T get(Class<T> type, Supplier<T> create) {
        AutoCloseable known = objects.get(type);
        if (known == null) {
            known = create.get();
            objects.put(type, known);
        }
        return type.cast(known);
    }

    @Override
    public synchronized void close() {
        for (AutoCloseable object : objects.values()) {
            try {
                object.close();
            } catch (Exception e) {
                throw new AssertionError("A shared object cannot be closed", e);
            }
        }
        objects.clear();
    }
}
