package io.aitbc.openclaw.host.http;

import io.helidon.common.features.HelidonFeatures;
import io.helidon.common.features.api.HelidonFlavor;
import io.helidon.common.mapper.MappersFactory__ServiceDescriptor;
import io.helidon.service.registry.GlobalServiceRegistry;
import io.helidon.service.registry.ServiceRegistry;
import io.helidon.service.registry.ServiceRegistryConfig;
import io.helidon.service.registry.ServiceRegistryManager;

/** Helidon looks for its parts in every jar there is, which takes longer than the rest of its set-up. Here they are named. */
final class HttpLibrary {
    /** It forbids to read serialized objects; this keeps it from looking for files that allow some. */
    private static final String IGNORE_FILES = "helidon.serialFilter.ignoreFiles";

    private HttpLibrary() {}

    /** To be called before anything of Helidon is. Where the host lives in a process with a registry of its own, that one stays. */
    static void withoutDiscovery() {
        if (System.getProperty(IGNORE_FILES) == null) {
            System.setProperty(IGNORE_FILES, "true");
        }
        // It would list its features in the log, in a thread of its own, unless they are those of its other flavour.
        HelidonFeatures.flavor(HelidonFlavor.MP);
        ServiceRegistry _ = GlobalServiceRegistry.registry(HttpLibrary::fewServices);
    }

    /** Parameters of requests are read through the one service in it. */
    private static ServiceRegistry fewServices() {
        ServiceRegistryConfig config = ServiceRegistryConfig.builder()
                .discoverServices(false)
                .discoverServicesFromServiceLoader(false)
                .addServiceDescriptor(MappersFactory__ServiceDescriptor.INSTANCE)
                .build();
        return ServiceRegistryManager.create(config).registry();
    }
}
