package test.worker;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.service.BackgroundService;
import io.aitbc.openclaw.api.service.ServiceHealth;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Starts and stops as its settings say. */
final class Worker implements BackgroundService {
    private static final String STARTS = "as-set";
    private static final String STOPS = "as-set";

    private final PluginContext context;
    private final Diary diary;
    private volatile boolean works;

    Worker(PluginContext context) {
        this.context = context;
        diary = new Diary(context);
    }

    @Override
    public String id() {
        return "worker";
    }

    @Override
    public void start() {
        behave(STARTS.equals("as-set") ? context.config().text("start", "well") : STARTS);
        diary.line("start");
        works = true;
    }

    @Override
    public void stop() {
        behave(STOPS.equals("as-set") ? context.config().text("stop", "well") : STOPS);
        if (works) {
            diary.line("stop");
        }
        works = false;
    }

    private static void behave(String how) {
        switch (how) {
            case "throw" -> throw new IllegalStateException("broken");
            case "refuse" -> throw new OpenClawException(ErrorCode.INVALID_CONFIG, "plugins.worker.start is wrong");
            case "hang" -> hang();
            default -> {}
        }
    }

    private static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted");
        }
    }

    @Override
    public ServiceHealth health() {
        behave(context.config().text("health", "well"));
        return new ServiceHealth(
                works ? ServiceHealth.State.RUNNING : ServiceHealth.State.STOPPED,
                works ? "works" : "rests",
                Map.of("version", context.pluginVersion()));
    }

    @Override
    public void close() {
        diary.line("close");
    }
}
