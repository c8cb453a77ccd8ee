package io.aitbc.openclaw.contract;

import io.aitbc.openclaw.api.Extension;
import io.aitbc.openclaw.api.Extensions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Extensions a test names itself, in its order. More can be added, and all can go, while others look them up. */
public final class FixedExtensions implements Extensions {
    private final List<Extension> list;

    public FixedExtensions(Extension... extensions) {
        list = new CopyOnWriteArrayList<>(extensions);
    }

    public void add(Extension extension) {
        list.add(extension);
    }

    public void remove(Extension extension) {
        list.remove(extension);
    }

    @Override
    public <T extends Extension> List<T> all(Class<T> extensionPoint) {
        return list.stream()
                .filter(extensionPoint::isInstance)
                .map(extensionPoint::cast)
                .toList();
    }
}
