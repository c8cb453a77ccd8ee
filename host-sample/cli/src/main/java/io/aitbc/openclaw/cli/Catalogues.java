package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What providers say they have, of all that say it in time.
 *
 * @param silent why the others did not, by the id of the provider
 */
record Catalogues(List<ModelDescriptor> models, Map<String, String> silent) {
    /** Asks all at once: one that is down or stuck takes nothing from the others. */
    static Catalogues ask(List<InferenceProvider> providers, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        List<FutureTask<List<ModelDescriptor>>> questions = new ArrayList<>();
        for (InferenceProvider provider : providers) {
            FutureTask<List<ModelDescriptor>> question = new FutureTask<>(provider::catalogue);
            Thread.ofVirtual().name("catalogue").start(question);
            questions.add(question);
        }
        List<ModelDescriptor> models = new ArrayList<>();
        Map<String, String> silent = new LinkedHashMap<>();
        for (int i = 0; i < questions.size(); i++) {
            FutureTask<List<ModelDescriptor>> question = questions.get(i);
            try {
                models.addAll(question.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS));
            } catch (ExecutionException e) {
                silent.put(
                        providers.get(i).id(),
                        Terminal.plain(String.valueOf(question.exceptionNow().getMessage())));
            } catch (TimeoutException e) {
                boolean _ = question.cancel(true);
                silent.put(providers.get(i).id(), "no answer within " + patience.toMillis() + " ms");
            }
        }
        return new Catalogues(List.copyOf(models), silent);
    }
}
