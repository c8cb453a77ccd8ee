package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.service.BackgroundService;
import io.aitbc.openclaw.api.service.ServiceHealth;

/** Tells how a service fares; only the host starts and stops it. */
final class LeasedService extends LeasedExtension<BackgroundService> implements BackgroundService {
    LeasedService(PluginSlot slot, String id) {
        super(slot, new ExtensionKey<>(BackgroundService.class, id));
    }

    @Override
    public void start() {
        throw refused();
    }

    @Override
    public void stop() {
        throw refused();
    }

    private OpenClawException refused() {
        return new OpenClawException(
                ErrorCode.UNSUPPORTED, "The host alone starts and stops the service '%s'".formatted(id()));
    }

    @Override
    public ServiceHealth health() {
        return call("health", BackgroundService::health);
    }
}
