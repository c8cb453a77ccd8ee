package io.aitbc.openclaw.skills;

import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.inference.InferenceRouter;
import io.aitbc.openclaw.api.inference.InferenceRouterFactory;

/**
 * Creates the router {@code skill-router}.
 *
 * <p>Settings, under {@code plugins.skill-router}: {@code offload} ({@code explicit}), {@code max-local-memory} (bytes),
 * {@code memory-headroom} ({@code 1.1}), {@code first-byte-timeout} ({@code 2m}), {@code waiting-timeout} ({@code 10m}),
 * {@code embed-timeout} ({@code 2m}).
 */
public final class SkillRouterFactory implements InferenceRouterFactory {
    @Override
    public InferenceRouter create(PluginContext context) {
        return new SkillRouter(context);
    }
}
