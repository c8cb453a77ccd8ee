package test.worker;

import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.service.BackgroundService;
import io.aitbc.openclaw.api.service.BackgroundServiceFactory;

public final class WorkerFactory implements BackgroundServiceFactory {
    @Override
    public BackgroundService create(PluginContext context) {
        return new Worker(context);
    }
}
