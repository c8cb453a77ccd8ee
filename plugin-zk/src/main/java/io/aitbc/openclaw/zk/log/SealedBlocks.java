package io.aitbc.openclaw.zk.log;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A file that only grows, of blocks that were computed from something else and are kept to be computed once. It begins with a line that names the form; of each
 * block follow its length (32 bits), the block, and the HMAC-SHA-256 of that line, the block's place in the file, its length and the block.
 *
 * <p>Nobody without the secret can make a block, or move one to another place. Nothing is synced: a block that did not reach the disk whole ends the file when it is
 * read again, and what is missing has to be computed again. One has the file open at a time, which is the caller's to see to.
 */
public final class SealedBlocks implements AutoCloseable {
    /** Bytes of a block. */
    public static final int LARGEST = 1 << 20;

    private static final String MAC = "HmacSHA256";
    private static final int SEAL = 32;

    private final byte[] form;
    private final Mac mac;
    // Unlike a channel, this is not closed when a thread that uses it is interrupted.
    private final RandomAccessFile file;
    private long end;
    private boolean closed;

    /** Takes blocks as they are read. */
    public interface Reader {
        /** Whether it can be used; when it cannot, the file ends before it. */
        boolean takes(byte[] block);
    }

    private SealedBlocks(RandomAccessFile file, byte[] form, Mac mac) {
        this.file = file;
        this.form = form;
        this.mac = mac;
        this.end = form.length;
    }

    /**
     * Opens a file, which belongs to its owner only; one of another form is emptied. To be {@link #read} before anything is added.
     *
     * @param form name and version of what the blocks are, a line
     * @param secret for this purpose only
     */
    public static SealedBlocks open(Path path, String form, byte[] secret) throws IOException {
        if (!Files.exists(path)) {
            Files.createFile(path, SecretFile.ownerOnly(path));
        }
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            byte[] line = (form + "\n").getBytes(StandardCharsets.US_ASCII);
            byte[] found = new byte[(int) Math.min(line.length, file.length())];
            file.readFully(found);
            if (!Arrays.equals(found, line)) {
                file.setLength(0);
                file.write(line);
            }
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(secret, MAC));
            return new SealedBlocks(file, line, mac);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            file.close();
            throw new AssertionError("every Java platform has " + MAC, e);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Hands out the blocks, up to one that is not whole, not sealed, or not taken. What follows is cut off; when the file is closed meanwhile, nothing is.
     *
     * @return how many bytes were cut off
     */
    public long read(Reader reader) throws IOException {
        for (Optional<byte[]> block = next(); block.isPresent() && reader.takes(block.get()); block = next()) {
            passed(block.get().length);
        }
        return cut();
    }

    private synchronized Optional<byte[]> next() throws IOException {
        if (closed || file.length() - end < Integer.BYTES + SEAL) {
            return Optional.empty();
        }
        file.seek(end);
        int length = file.readInt();
        if (length < 0 || length > LARGEST || file.length() - end < Integer.BYTES + length + SEAL) {
            return Optional.empty();
        }
        byte[] block = new byte[length];
        byte[] seal = new byte[SEAL];
        file.readFully(block);
        file.readFully(seal);
        return MessageDigest.isEqual(seal, seal(block)) ? Optional.of(block) : Optional.empty();
    }

    private synchronized void passed(int length) {
        end += Integer.BYTES + length + SEAL;
    }

    private synchronized long cut() throws IOException {
        long rest = closed ? 0 : file.length() - end;
        if (rest > 0) {
            file.setLength(end);
        }
        return rest;
    }

    /** Adds a block; does nothing once the file is closed. */
    public synchronized void append(byte[] block) throws IOException {
        if (closed) {
            return;
        }
        if (block.length > LARGEST) {
            throw new IllegalArgumentException("a block has at most %d bytes".formatted(LARGEST));
        }
        ByteBuffer whole = ByteBuffer.allocate(Integer.BYTES + block.length + SEAL);
        whole.putInt(block.length).put(block).put(seal(block));
        file.seek(end);
        file.write(whole.array());
        passed(block.length);
    }

    /** Of a block at the end. */
    private byte[] seal(byte[] block) {
        mac.update(form);
        mac.update(ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(end)
                .putInt(block.length)
                .flip());
        return mac.doFinal(block);
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        file.close();
    }
}
