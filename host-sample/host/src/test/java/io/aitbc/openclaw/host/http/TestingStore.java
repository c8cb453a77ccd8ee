package io.aitbc.openclaw.host.http;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.ModelStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A store that notes what is done to it. */
final class TestingStore implements ModelStore {
    final List<String> done = new CopyOnWriteArrayList<>();
    final List<Long> blobs = new ArrayList<>();
    volatile Optional<RuntimeException> failure = Optional.empty();

    @Override
    public void pull(String model, boolean insecure, Consumer<Progress> progress) {
        done.add("pull " + model);
        progress.accept(Progress.of("pulling manifest"));
        progress.accept(new Progress(
                "pulling 07be363b8014",
                Optional.of("sha256:" + TestingEngine.DIGEST),
                OptionalLong.of(10),
                OptionalLong.of(5)));
        failure.ifPresent(e -> {
            throw e;
        });
        progress.accept(Progress.of("success"));
    }

    @Override
    public void delete(String model) {
        done.add("delete " + model);
    }

    @Override
    public void copy(String source, String destination) {
        done.add("copy " + source + " " + destination);
    }

    @Override
    public void create(String model, String json, Consumer<Progress> progress) {
        done.add("create " + model + " " + json);
        failure.ifPresent(e -> {
            throw e;
        });
        progress.accept(Progress.of("writing manifest"));
    }

    @Override
    public boolean hasBlob(String digest) {
        return digest.equals("sha256:" + TestingEngine.DIGEST);
    }

    @Override
    public boolean putBlob(String digest, InputStream body) {
        if (hasBlob(digest)) {
            return false;
        }
        try {
            blobs.add(body.transferTo(java.io.OutputStream.nullOutputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }

    static OpenClawException noSuchHost() {
        return new OpenClawException(ErrorCode.UNREACHABLE, "pull model manifest: no such host");
    }
}
