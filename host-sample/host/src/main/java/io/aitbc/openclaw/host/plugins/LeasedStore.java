package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.api.inference.ModelStore;
import java.io.InputStream;
import java.util.function.Consumer;

/** The model store of whatever generation the engine is of when it is called. */
final class LeasedStore implements ModelStore {
    private final LeasedEngine engine;

    LeasedStore(LeasedEngine engine) {
        this.engine = engine;
    }

    private static ModelStore store(LocalEngine engine) {
        return engine.store()
                .orElseThrow(() -> new OpenClawException(
                        ErrorCode.UNSUPPORTED, "Engine '" + engine.id() + "' no longer manages models"));
    }

    @Override
    public void pull(String model, boolean insecure, Consumer<Progress> progress) {
        engine.run("pull", it -> store(it).pull(model, insecure, progress));
    }

    @Override
    public void delete(String model) {
        engine.run("delete", it -> store(it).delete(model));
    }

    @Override
    public void copy(String source, String destination) {
        engine.run("copy", it -> store(it).copy(source, destination));
    }

    @Override
    public void create(String model, String json, Consumer<Progress> progress) {
        engine.run("create", it -> store(it).create(model, json, progress));
    }

    @Override
    public boolean hasBlob(String digest) {
        return engine.call("hasBlob", it -> store(it).hasBlob(digest));
    }

    @Override
    public boolean putBlob(String digest, InputStream body) {
        return engine.call("putBlob", it -> store(it).putBlob(digest, body));
    }
}
