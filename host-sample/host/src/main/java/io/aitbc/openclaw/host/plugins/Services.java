package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.service.BackgroundService;
import io.aitbc.openclaw.api.service.ServiceHealth;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and stops the background services of generations. Each call into one runs on a thread of its own under a limit, so
 * that a service that throws or hangs keeps nobody from anything.
 */
final class Services {
    /** What became of the last start or stop. */
    private enum Phase {
        STARTED,
        STOPPED,
        FAILED
    }

    private record Service(Generation generation, ExtensionKey<BackgroundService> key, Phase phase, String failure) {}

    private static final Logger LOG = LoggerFactory.getLogger(Services.class);
    private static final Duration HEALTH_LIMIT = Duration.ofSeconds(1);

    private final Duration startLimit;
    private final Duration stopLimit;
    private final Map<String, Service> services = new TreeMap<>();
    private boolean working;

    Services(Duration startLimit, Duration stopLimit) {
        this.startLimit = startLimit;
        this.stopLimit = stopLimit;
    }

    /** From now on {@link #start} and {@link #takeOver} start what they are given; before, they did nothing. */
    void work() {
        synchronized (services) {
            working = true;
        }
    }

    private boolean working() {
        synchronized (services) {
            return working;
        }
    }

    /** Starts all services of a generation; one that cannot start is remembered with the reason. */
    void start(Generation generation) {
        if (working()) {
            keys(generation).forEach(key -> start(generation, key));
        }
    }

    /**
     * Starts the services of a candidate in place of those of an older generation, which are stopped.
     *
     * @param before what worked in the older one
     * @throws PluginLoadException when one does not start that worked before; those that were started are stopped again
     */
    void takeOver(Generation candidate, List<String> before) throws PluginLoadException {
        if (!working()) {
            return;
        }
        for (ExtensionKey<BackgroundService> key : keys(candidate)) {
            Optional<String> failure = start(candidate, key);
            if (failure.isPresent() && before.contains(key.id())) {
                boolean _ = stop(candidate);
                throw new PluginLoadException("its service '" + key.id() + "' does not start: " + failure.get());
            }
        }
    }

    private Optional<String> start(Generation generation, ExtensionKey<BackgroundService> key) {
        try {
            boolean _ = call(generation, key, startLimit, "start", service -> {
                service.start();
                return true;
            });
            put(new Service(generation, key, Phase.STARTED, ""));
            LOG.atInfo()
                    .addKeyValue("service", key.id())
                    .addKeyValue("plugin", generation.pluginId())
                    .addKeyValue("generation", generation.number())
                    .log("service started");
            return Optional.empty();
        } catch (PluginLoadException e) {
            put(new Service(generation, key, Phase.FAILED, e.reason()));
            LOG.atWarn()
                    .addKeyValue("service", key.id())
                    .addKeyValue("plugin", generation.pluginId())
                    .addKeyValue("generation", generation.number())
                    .log("service does not start: {}", e.reason());
            return Optional.of(e.reason());
        }
    }

    /** Ids of the services of a generation that were started. */
    List<String> started(Generation generation) {
        synchronized (services) {
            return services.values().stream()
                    .filter(service -> service.generation() == generation && service.phase() == Phase.STARTED)
                    .map(service -> service.key().id())
                    .toList();
        }
    }

    /**
     * Stops all services of a generation, also those that did not start whole.
     *
     * @return whether all that had been started say that they stopped
     */
    boolean stop(Generation generation) {
        List<Service> known;
        synchronized (services) {
            known = services.values().stream()
                    .filter(service -> service.generation() == generation && service.phase() != Phase.STOPPED)
                    .toList();
        }
        boolean clean = true;
        for (Service service : known) {
            clean &= stop(service) || service.phase() == Phase.FAILED;
        }
        return clean;
    }

    private boolean stop(Service service) {
        try {
            boolean _ = call(service.generation(), service.key(), stopLimit, "stop", it -> {
                it.stop();
                return true;
            });
            put(new Service(service.generation(), service.key(), Phase.STOPPED, service.failure()));
            return true;
        } catch (PluginLoadException e) {
            put(new Service(service.generation(), service.key(), Phase.FAILED, e.reason()));
            LOG.atWarn()
                    .addKeyValue("service", service.key().id())
                    .addKeyValue("plugin", service.generation().pluginId())
                    .addKeyValue("generation", service.generation().number())
                    .log("service does not stop: {}", e.reason());
            return false;
        }
    }

    /** Ids of the services of a generation that did not start or did not stop. */
    List<String> failed(Generation generation) {
        synchronized (services) {
            return services.values().stream()
                    .filter(service -> service.generation() == generation && service.phase() == Phase.FAILED)
                    .map(service -> service.key().id())
                    .toList();
        }
    }

    /** Forgets a generation that is closed. */
    void forget(Generation generation) {
        synchronized (services) {
            services.values().removeIf(service -> service.generation() == generation);
        }
    }

    private void put(Service service) {
        synchronized (services) {
            services.put(service.key().id(), service);
        }
    }

    /** By id; asks each how it fares. */
    List<ServiceStatus> statuses() {
        List<Service> known;
        synchronized (services) {
            known = List.copyOf(services.values());
        }
        return known.stream()
                .map(service -> new ServiceStatus(
                        service.key().id(),
                        service.generation().pluginId(),
                        service.generation().number(),
                        health(service)))
                .toList();
    }

    private ServiceHealth health(Service service) {
        if (service.phase() == Phase.FAILED) {
            return ServiceHealth.of(ServiceHealth.State.FAILED, service.failure());
        }
        try {
            return call(service.generation(), service.key(), HEALTH_LIMIT, "health", BackgroundService::health);
        } catch (PluginLoadException e) {
            return ServiceHealth.of(ServiceHealth.State.FAILED, "does not say how it fares: " + e.reason());
        }
    }

    private static List<ExtensionKey<BackgroundService>> keys(Generation generation) {
        return generation.keys().stream()
                .filter(key -> key.type() == BackgroundService.class)
                .map(key -> new ExtensionKey<>(BackgroundService.class, key.id()))
                .toList();
    }

    private static <R> R call(
            Generation generation,
            ExtensionKey<BackgroundService> key,
            Duration limit,
            String operation,
            Function<BackgroundService, R> body)
            throws PluginLoadException {
        ClassLoader loader = Objects.requireNonNullElse(generation.loader(), Services.class.getClassLoader());
        return PluginThreads.run(generation.pluginId(), loader, limit, operation, () -> {
            if (!generation.tryAcquire()) {
                throw new PluginLoadException("its plugin is unloaded");
            }
            try {
                return generation.call(key, operation, body);
            } finally {
                generation.release();
            }
        });
    }
}
