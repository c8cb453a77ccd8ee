package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.host.trust.PluginSignature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out, look by look, which plugin files of a directory came, changed and went. A file counts once its signature is for all of
 * its bytes, or two looks in a row find the same size and time; what it is compared by is its SHA-256 and that of its signature. One that is larger than any plugin may
 * be is told of, but never read. Knows no clock.
 */
final class FolderChanges {
    /** What a look found. */
    sealed interface Change {
        Path file();
    }

    /**
     * New, or with other bytes or another signature than before.
     *
     * @param sha256 of its bytes; {@link #UNREAD} when there are too many to look at
     */
    record Arrived(Path file, String sha256) implements Change {}

    /** As {@link Arrived}; perhaps nothing about it changed, but what its fate depends on did. */
    record Again(Path file, String sha256) implements Change {}

    record Gone(Path file) implements Change {}

    private record Stamp(long size, FileTime modified, String identity) {
        static final Stamp NONE = new Stamp(-1, FileTime.fromMillis(0), "");
    }

    private record Stamps(Stamp plugin, Stamp signature) {}

    /** SHA-256; empty where there is nothing. */
    private record Hashes(String plugin, String signature) {
        static final Hashes NONE = new Hashes("", "");
    }

    /**
     * @param settled whether two looks found these stamps, and the bytes were compared
     * @param hashes of the bytes that were last told of; none before
     * @param again whether it is to be told of whatever its bytes are
     * @param absent whether the last look did not find the file
     */
    private record Known(Stamps stamps, boolean settled, Hashes hashes, boolean again, boolean absent) {
        Known unsettled(Stamps now) {
            return new Known(now, false, hashes, again, false);
        }

        Known missed() {
            return new Known(stamps, settled, hashes, again, true);
        }

        Known told(Hashes now) {
            return new Known(stamps, true, now, false, false);
        }
    }

    /** In place of a hash: nothing has this one. */
    static final String UNREAD = "too large to be read";

    private static final Logger LOG = LoggerFactory.getLogger(FolderChanges.class);

    private final Path folder;
    private final List<Path> others;
    private final Map<Path, Known> known = new TreeMap<>();
    private List<Stamp> otherStamps;
    /** Whether the folder was there and is not: moved, or no longer mounted. */
    private boolean gone;

    /** @param others files that decide whether a plugin is accepted: when one changes, all plugin files count as new */
    FolderChanges(Path folder, List<Path> others) {
        this.folder = folder;
        this.others = List.copyOf(others);
        otherStamps = stampsOfOthers();
    }

    /** Of files that were there before the first look it is told when they are gone by then. */
    void expect(Collection<Path> files) {
        Known unseen = new Known(new Stamps(Stamp.NONE, Stamp.NONE), false, Hashes.NONE, false, false);
        files.stream().filter(file -> folder.equals(file.getParent())).forEach(file -> known.putIfAbsent(file, unseen));
    }

    /** Where something may happen that is worth a look. */
    List<Path> folders() {
        Set<Path> folders = new LinkedHashSet<>();
        folders.add(folder);
        others.forEach(file -> folders.add(file.resolveSibling(".").normalize()));
        return List.copyOf(folders);
    }

    /**
     * @param thorough compares the bytes of all files, even of those whose size and time did not change
     * @return arrivals first, so that a file that was renamed is known by its new name before the old one is missed
     */
    List<Change> look(boolean thorough) {
        List<Stamp> now = stampsOfOthers();
        if (!now.equals(otherStamps)) {
            otherStamps = now;
            forget();
        }
        List<Change> changes = new ArrayList<>();
        Optional<List<Path>> files = files();
        if (files.isEmpty()) {
            return changes;
        }
        for (Path file : files.get()) {
            look(file, thorough).ifPresent(changes::add);
        }
        for (Iterator<Map.Entry<Path, Known>> all = known.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Path, Known> each = all.next();
            Path file = each.getKey();
            if (!files.get().contains(file)) {
                if (each.getValue().absent()) {
                    all.remove(); // the entry may be that of the next file now
                    changes.add(new Gone(file));
                } else {
                    each.setValue(each.getValue().missed());
                }
            }
        }
        return changes;
    }

    private Optional<Change> look(Path file, boolean thorough) {
        Stamps stamps = new Stamps(stamp(file), stamp(PluginSignature.fileOf(file)));
        Known before = known.getOrDefault(file, new Known(stamps, false, Hashes.NONE, false, true));
        boolean same = known.containsKey(file) && before.stamps().equals(stamps);
        Known current = same ? before : before.unsettled(stamps);
        if (current.settled() && !thorough) {
            known.put(file, current.told(current.hashes()));
            return Optional.empty();
        }
        Optional<Hashes> now = same ? hashes(file) : hashesOfWhole(file);
        if (now.isEmpty()) { // it is being written or replaced; the next look finds out
            known.put(file, current.unsettled(stamps));
            return Optional.empty();
        }
        known.put(file, current.told(now.get()));
        if (current.again()) {
            return Optional.of(new Again(file, now.get().plugin()));
        }
        return now.get().equals(current.hashes())
                ? Optional.empty()
                : Optional.of(new Arrived(file, now.get().plugin()));
    }

    /** A look between two others that are to be compared: tells only of new bytes that a signature shows to be whole. */
    List<Change> glance() {
        List<Change> changes = new ArrayList<>();
        for (Path file : files().orElse(List.of())) {
            Stamps stamps = new Stamps(stamp(file), stamp(PluginSignature.fileOf(file)));
            Known before = known.getOrDefault(file, new Known(stamps, false, Hashes.NONE, false, true));
            if (known.containsKey(file) && before.stamps().equals(stamps)) {
                continue;
            }
            hashesOfWhole(file).ifPresent(now -> {
                known.put(file, before.unsettled(stamps).told(now));
                if (!now.equals(before.hashes())) {
                    changes.add(new Arrived(file, now.plugin()));
                }
            });
        }
        return changes;
    }

    /** Whether the next look will know more than this one, even if nothing happens. */
    boolean unsettled() {
        return gone || known.values().stream().anyMatch(each -> !each.settled() || each.absent());
    }

    /** All files count as new again. */
    void forget() {
        List.copyOf(known.keySet()).forEach(this::forget);
    }

    /** It counts as new again. */
    void forget(Path file) {
        known.computeIfPresent(file, (_, each) -> new Known(each.stamps(), false, each.hashes(), true, each.absent()));
    }

    /** Empty when the directory cannot be read or is gone, which says nothing about its files. */
    private Optional<List<Path>> files() {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found =
                    files.filter(PluginDirectory::isPluginFile).sorted().toList();
            gone = false;
            return Optional.of(found);
        } catch (NoSuchFileException e) {
            if (!gone && !known.isEmpty()) {
                gone = true;
                LOG.atWarn()
                        .addKeyValue("directory", folder)
                        .log("plugins directory is gone; what is loaded goes on until it is back");
            }
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("directory", folder)
                    .log("plugins directory cannot be read: {}", FailureReason.of(e));
            return Optional.empty();
        }
    }

    private List<Stamp> stampsOfOthers() {
        return others.stream().map(FolderChanges::stamp).toList();
    }

    private static Stamp stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.size(), attributes.lastModifiedTime(), String.valueOf(attributes.fileKey()));
        } catch (IOException e) {
            return Stamp.NONE;
        }
    }

    private static Optional<Hashes> hashes(Path file) {
        try {
            Path signature = PluginSignature.fileOf(file);
            return Optional.of(new Hashes(
                    hash(file, ArchiveLimits.DEFAULT.sourceBytes()),
                    Files.isRegularFile(signature) ? hash(signature, PluginSignature.LONGEST) : ""));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Empty unless a signature says it is for these bytes: then nothing is missing, and no second look has to agree. */
    private static Optional<Hashes> hashesOfWhole(Path file) {
        Path signature = PluginSignature.fileOf(file);
        Path next = PluginSignature.nextFileOf(file);
        return Files.exists(signature) || Files.exists(next)
                ? hashes(file)
                        .filter(now -> PluginSignature.isFor(signature, now.plugin())
                                || PluginSignature.isFor(next, now.plugin()))
                : Optional.empty();
    }

    private static String hash(Path file, long most) throws IOException {
        return Files.size(file) > most ? UNREAD : Sha256.of(file, most);
    }
}
