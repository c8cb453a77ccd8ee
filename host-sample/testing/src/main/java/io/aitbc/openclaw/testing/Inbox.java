package io.aitbc.openclaw.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Bytes that arrived on a socket and were not read yet, and whether more can come. */
final class Inbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private byte[] bytes = new byte[8192];
    private int start;
    private int end;
    private boolean gone;

    /** Reads until the other side closes. */
    void fill(Socket socket) {
        byte[] piece = new byte[16 * 1024];
        try {
            InputStream in = socket.getInputStream();
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                append(piece, count);
            }
        } catch (IOException e) {
            // A reset is the same to a script as an orderly end: the client is gone.
        }
        lock.lock();
        try {
            gone = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void append(byte[] piece, int count) {
        lock.lock();
        try {
            if (end + count > bytes.length) {
                byte[] roomier = end - start + count > bytes.length ? new byte[2 * (end - start + count)] : bytes;
                System.arraycopy(bytes, start, roomier, 0, end - start);
                end -= start;
                start = 0;
                bytes = roomier;
            }
            System.arraycopy(piece, 0, bytes, end, count);
            end += count;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean gone() {
        lock.lock();
        try {
            return gone;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the client left, at most this long. */
    void awaitGone(Duration time) throws IOException {
        lock.lock();
        try {
            long left = time.toNanos();
            while (!gone && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    /** The text up to an empty line, without it. */
    String head(int limit) throws IOException {
        return upTo("\r\n\r\n", limit);
    }

    String line(int limit) throws IOException {
        return upTo("\r\n", limit);
    }

    private String upTo(String mark, int limit) throws IOException {
        lock.lock();
        try {
            while (true) {
                String text = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
                int at = text.indexOf(mark);
                if (at >= 0) {
                    start += at + mark.length();
                    return text.substring(0, at);
                }
                if (text.length() > limit) {
                    throw new IOException("no end of line within " + limit + " bytes");
                }
                awaitMore();
            }
        } finally {
            lock.unlock();
        }
    }

    void take(int count, ByteArrayOutputStream target) throws IOException {
        lock.lock();
        try {
            int left = count;
            while (left > 0) {
                if (start == end) {
                    awaitMore();
                }
                int piece = Math.min(left, end - start);
                target.write(bytes, start, piece);
                start += piece;
                left -= piece;
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitMore() throws IOException {
        int before = end - start;
        try {
            while (!gone && end - start == before) {
                boolean signalled = changed.await(1, TimeUnit.MINUTES);
                if (!signalled) {
                    throw new IOException("nothing arrived for a minute");
                }
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
        if (end - start == before) {
            throw new EOFException("the client left");
        }
    }
}
