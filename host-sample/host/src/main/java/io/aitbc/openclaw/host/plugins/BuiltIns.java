package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.Extension;
import io.aitbc.openclaw.api.OpenClawException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The host's own extensions, published as if they were a plugin's. */
final class BuiltIns {
    private BuiltIns() {}

    static Generation publish(List<? extends Extension> builtIns, ExtensionRegistry registry) {
        Generation generation = new Generation(PluginManifest.HOST_ID, 1, null, keyed(builtIns));
        try {
            @Nullable Generation _ = registry.publish(generation);
            return generation;
        } catch (PluginLoadException e) {
            throw new OpenClawException(ErrorCode.INTERNAL, "The host " + e.reason(), e);
        }
    }

    private static Map<ExtensionKey<?>, Extension> keyed(List<? extends Extension> builtIns) {
        Map<ExtensionKey<?>, Extension> keyed = new LinkedHashMap<>();
        for (Extension builtIn : builtIns) {
            for (ExtensionPoint<?> point : ExtensionPoint.of(builtIn)) {
                ExtensionKey<?> key = point.key(builtIn, builtIn.id());
                if (keyed.keySet().stream().anyMatch(taken -> ExtensionPoint.clash(key, taken))) {
                    throw new OpenClawException(ErrorCode.INVALID_CONFIG, "The host contributes " + key + " twice");
                }
                keyed.put(key, builtIn);
            }
        }
        return keyed;
    }
}
