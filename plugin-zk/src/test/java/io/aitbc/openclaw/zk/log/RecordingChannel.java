package io.aitbc.openclaw.zk.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** Passes everything on, and tells the disk of what changes a file. */
final class RecordingChannel extends FileChannel {
    private final FileChannel channel;
    private final RecordingDisk disk;
    private final Path file;

    RecordingChannel(FileChannel channel, RecordingDisk disk, Path file) {
        this.channel = channel;
        this.disk = disk;
        this.file = file;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return channel.read(into);
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
        return channel.read(into, offset, length);
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        return channel.read(into, position);
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        disk.note("write", file);
        return channel.write(bytes);
    }

    @Override
    public long write(ByteBuffer[] bytes, int offset, int length) throws IOException {
        disk.note("write", file);
        if (disk.full) {
            ByteBuffer first = bytes[offset];
            int _ = channel.write(first.slice(first.position(), first.remaining() / 2));
            throw new IOException("No space left on device");
        }
        return channel.write(bytes, offset, length);
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
        disk.note("write", file);
        return channel.write(bytes, position);
    }

    @Override
    public long position() throws IOException {
        return channel.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        FileChannel _ = channel.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        disk.note("truncate", file);
        FileChannel _ = channel.truncate(size);
        return this;
    }

    @Override
    public void force(boolean metadata) throws IOException {
        disk.force(file, channel);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        return channel.transferTo(position, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
        disk.note("write", file);
        return channel.transferFrom(source, position, count);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        return channel.map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return channel.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return channel.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        channel.close();
    }
}
