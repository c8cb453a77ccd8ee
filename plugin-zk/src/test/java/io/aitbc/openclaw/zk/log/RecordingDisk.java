package io.aitbc.openclaw.zk.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what is done to files, in its order, and can lose power: then nothing is synced any more. */
final class RecordingDisk extends LogDisk {
    /** As {@code write log}, with the names of files; a folder is {@code folder}. */
    final List<String> events = new CopyOnWriteArrayList<>();

    private final Map<Path, Long> synced = new ConcurrentHashMap<>();
    volatile boolean failing;
    /** A write brings half of it to disk and fails. */
    volatile boolean full;

    @Override
    FileChannel open(Path file, Set<OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return new RecordingChannel(super.open(file, options, attributes), this, file);
    }

    @Override
    void move(Path from, Path to) throws IOException {
        super.move(from, to);
        events.add("move " + to.getFileName());
    }

    void note(String what, Path file) {
        events.add(what + " " + (Files.isDirectory(file) ? "folder" : file.getFileName()));
    }

    void force(Path file, FileChannel channel) throws IOException {
        long size = Files.isDirectory(file) ? 0 : channel.size();
        if (failing) {
            throw new IOException("the disk failed");
        }
        channel.force(true);
        synced.put(file, size);
        note("force", file);
    }

    /** How much of a file is on disk for certain. */
    long synced(Path file) {
        return synced.getOrDefault(file, 0L);
    }
}
