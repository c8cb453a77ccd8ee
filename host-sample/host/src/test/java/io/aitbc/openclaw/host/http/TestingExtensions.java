package io.aitbc.openclaw.host.http;

import io.aitbc.openclaw.api.Extension;
import io.aitbc.openclaw.api.Extensions;
import java.util.List;

/** What a test loads. */
record TestingExtensions(List<Extension> loaded) implements Extensions {
    static TestingExtensions of(Extension... extensions) {
        return new TestingExtensions(List.of(extensions));
    }

    @Override
    public <T extends Extension> List<T> all(Class<T> extensionPoint) {
        return loaded.stream()
                .filter(extensionPoint::isInstance)
                .map(extensionPoint::cast)
                .toList();
    }
}
