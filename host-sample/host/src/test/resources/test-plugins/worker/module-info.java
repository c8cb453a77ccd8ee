module test.worker {
    requires io.aitbc.openclaw.api;

    provides io.aitbc.openclaw.api.service.BackgroundServiceFactory with test.worker.WorkerFactory;
    provides io.aitbc.openclaw.api.outbox.OutboxHandlerFactory with test.worker.PostmanFactory;
}
