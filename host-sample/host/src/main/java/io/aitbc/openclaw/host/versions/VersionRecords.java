package io.aitbc.openclaw.host.versions;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.files.DurableFiles;
import io.aitbc.openclaw.host.files.HeldFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pins and history, in {@code versions/} of a data directory. Whoever changes something holds its lock; reading needs none. */
public final class VersionRecords {
    private static final int LONGEST_REASON = 500;

    private final Path folder;
    private final String user;
    private final InstantSource clock;
    private final PinFile pins;
    private final AuditLog log;

    /** @param user who is noted in the history */
    public VersionRecords(Path dataDirectory, String user, InstantSource clock) {
        folder = dataDirectory.resolve("versions");
        this.user = user;
        this.clock = clock;
        pins = new PinFile(pinFile(dataDirectory));
        log = new AuditLog(folder.resolve("history.jsonl"));
    }

    /** Where the pins of a data directory lie. */
    public static Path pinFile(Path dataDirectory) {
        return dataDirectory.resolve("versions").resolve("pins.json");
    }

    Path folder() {
        return folder;
    }

    /** By plugin id. */
    public Collection<Pin> pins() {
        return List.copyOf(pins.read().values());
    }

    /** The newest first. */
    public List<AuditEntry> history(int most) {
        return log.last(most);
    }

    /**
     * Keeps a plugin within a range of versions; replaces an earlier pin.
     *
     * @throws OpenClawException {@link ErrorCode#INVALID_REQUEST} when the range or the reason cannot be used
     */
    public Pin pin(String pluginId, String range, String reason) {
        if (!SemanticVersions.isRange(range)) {
            throw invalid(SemanticVersions.noRange(range));
        }
        String text = reason.strip();
        if (text.isEmpty() || text.length() > LONGEST_REASON) {
            throw invalid("A pin needs a reason of at most %d characters, for those who find it later"
                    .formatted(LONGEST_REASON));
        }
        try (Held _ = lock()) {
            Map<String, Pin> all = pins.read();
            Pin pin = new Pin(pluginId, range, text, user, clock.instant());
            String before =
                    Optional.ofNullable(all.put(pluginId, pin)).map(Pin::range).orElse("");
            record(AuditEntry.Action.PINNED, pluginId, before, range, text);
            pins.write(all);
            return pin;
        }
    }

    /** @throws OpenClawException {@link ErrorCode#INVALID_REQUEST} when there is no such pin */
    public Pin unpin(String pluginId) {
        try (Held _ = lock()) {
            Map<String, Pin> all = pins.read();
            @Nullable Pin pin = all.remove(pluginId);
            if (pin == null) {
                throw invalid("Plugin '%s' is not pinned".formatted(pluginId));
            }
            record(AuditEntry.Action.UNPINNED, pluginId, pin.range(), "", "");
            pins.write(all);
            return pin;
        }
    }

    /** Notes that more permissions of a plugin are about to be agreed to. */
    public void consented(String pluginId, String permissions) {
        try (Held _ = lock()) {
            record(AuditEntry.Action.CONSENTED, pluginId, "", "", permissions);
        }
    }

    /** Notes that a key is about to be trusted. */
    public void trusted(String keyId, String name) {
        try (Held _ = lock()) {
            record(AuditEntry.Action.TRUSTED, "", "", "", "%s (%s)".formatted(keyId, name));
        }
    }

    /** Notes that a key is about to be trusted no longer. */
    public void distrusted(String keyId) {
        try (Held _ = lock()) {
            record(AuditEntry.Action.DISTRUSTED, "", "", "", keyId);
        }
    }

    void record(AuditEntry.Action action, String pluginId, String from, String to, String note) {
        record(List.of(new AuditEntry(clock.instant(), user, action, pluginId, from, to, Texts.oneLine(note))));
    }

    void record(List<AuditEntry> entries) {
        log.add(entries);
    }

    private static OpenClawException invalid(String message) {
        return new OpenClawException(ErrorCode.INVALID_REQUEST, message);
    }

    /** What keeps others from changing plugins at the same time. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /** @throws OpenClawException {@link ErrorCode#OVERLOADED} when somebody else holds it */
    Held lock() {
        try {
            HeldFile held = HeldFile.of(DurableFiles.folder(folder).resolve("lock"))
                    .orElseThrow(() -> new OpenClawException(
                            ErrorCode.OVERLOADED,
                            "Another command is changing the plugins; try again when it has ended"));
            return () -> release(held);
        } catch (IOException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG,
                    "%s cannot be used (%s); choose another data directory with --data"
                            .formatted(folder, FailureReason.of(e)),
                    e);
        }
    }

    private static void release(HeldFile held) {
        try {
            held.close();
        } catch (IOException e) {
            throw new OpenClawException(ErrorCode.INTERNAL, "A lock was not released: " + FailureReason.of(e), e);
        }
    }
}
