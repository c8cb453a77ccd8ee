package io.aitbc.openclaw.skills;

import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.inference.InferenceRouter;
import io.aitbc.openclaw.contract.InferenceRouterContract;
import io.aitbc.openclaw.contract.TestingPluginContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class SkillRouterContractTest extends InferenceRouterContract {
    private final List<TestingPluginContext> contexts = new ArrayList<>();

    @Override
    protected InferenceRouter createRouter(Extensions extensions) {
        TestingPluginContext context = new TestingPluginContext("skill-router", Map.of(), extensions);
        contexts.add(context);
        return new SkillRouterFactory().create(context);
    }

    @AfterEach
    void closeContexts() {
        contexts.forEach(TestingPluginContext::close);
    }
}
