package io.aitbc.openclaw.zk.chain;

import io.aitbc.openclaw.zk.log.DurableLog;
import io.aitbc.openclaw.zk.log.LogKey;
import io.aitbc.openclaw.zk.log.SealedBlocks;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The receipts of a log. Their hashes are kept in {@code receipt-hashes} beside it, so that a start reads them and hashes only what came since. Each block there tells
 * of some records: the number of the first, their count, the root of the log with them, then each record's hashes. It counts only when its seal, made under a secret
 * that is derived from the host's key, holds, and when this log has that root. Whatever is missing or does not count is computed from the records. A file that cannot
 * be used costs time and nothing else.
 */
final class LoggedReceipts implements AutoCloseable {
    static final String FILE = "receipt-hashes";

    private static final Logger LOG = LoggerFactory.getLogger(LoggedReceipts.class);
    private static final String FORM = "openclaw-receipt-hashes/1";
    private static final String SECRET = "openclaw-receipt-hashes-v1";
    private static final int RECORDS_IN_A_BLOCK = 1024;
    private static final int ROOT = 32;
    private static final int HEAD = 2 * Integer.BYTES + ROOT;

    private final Path file;
    private final byte[] secret;
    private final ReceiptBook book;
    private final Object opening = new Object();
    private Optional<SealedBlocks> blocks = Optional.empty();
    private boolean closed;
    private boolean opened;
    /** How many records the file tells of. */
    private int kept;

    private int hashed;

    LoggedReceipts(Path folder, LogKey key) {
        file = folder.resolve(FILE);
        secret = key.derived(SECRET);
        book = new ReceiptBook(key);
    }

    /** The receipts of as many records as {@link #follow} saw; for one thread at a time. */
    ReceiptBook book() {
        return book;
    }

    /** How many records were read and hashed here. */
    int hashed() {
        return hashed;
    }

    /**
     * Takes all records of a log that it has not taken yet. Stops when its thread is interrupted.
     *
     * @return whether it has all
     */
    boolean follow(DurableLog log, ChainDocuments documents) throws IOException {
        if (!opened) {
            opened = true;
            open(log);
        }
        int size = log.size();
        while (book.records() < size) {
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            try {
                book.add(documents.made(log.read(book.records())));
            } catch (ClosedByInterruptException e) {
                return false;
            }
            hashed++;
            if (book.records() - kept == RECORDS_IN_A_BLOCK || book.records() == size) {
                keep(log);
            }
        }
        return true;
    }

    private void open(DurableLog log) {
        try {
            synchronized (opening) {
                if (closed) {
                    return;
                }
                blocks = Optional.of(SealedBlocks.open(file, FORM, secret));
            }
            long lost = blocks.get().read(block -> takes(block, log));
            LOG.atLevel(lost > 0 ? Level.INFO : Level.DEBUG)
                    .addKeyValue("records", kept)
                    .addKeyValue("bytes_lost", lost)
                    .log("hashes of receipts were read");
        } catch (IOException e) {
            withoutFile(e);
        }
    }

    /** All of a block or nothing. */
    private boolean takes(byte[] block, DurableLog log) {
        ByteBuffer from = ByteBuffer.wrap(block);
        List<KeptReceipt> records = new ArrayList<>();
        try {
            int first = from.getInt();
            int count = from.getInt();
            byte[] root = new byte[ROOT];
            from.get(root);
            if (first != kept
                    || count < 1
                    || count > log.size() - first
                    || !Arrays.equals(root, log.root(first + count))) {
                return false;
            }
            int place = book.receipts();
            for (int i = 0; i < count; i++) {
                KeptReceipt record = KeptReceipt.read(from, place);
                place += record.hash().isPresent() ? 1 : 0;
                records.add(record);
            }
        } catch (BufferUnderflowException e) {
            return false;
        }
        records.forEach(book::restore);
        kept += records.size();
        return true;
    }

    private void keep(DurableLog log) {
        if (blocks.isEmpty()) {
            return;
        }
        List<KeptReceipt> records = new ArrayList<>();
        for (int record = kept; record < book.records(); record++) {
            records.add(book.kept(record));
        }
        ByteBuffer block = ByteBuffer.allocate(
                HEAD + records.stream().mapToInt(KeptReceipt::bytes).sum());
        block.putInt(kept).putInt(records.size()).put(log.root(book.records()));
        records.forEach(it -> it.write(block));
        try {
            blocks.get().append(block.array());
            kept = book.records();
        } catch (IOException e) {
            withoutFile(e);
        }
    }

    private void withoutFile(IOException cause) {
        LOG.atWarn()
                .addKeyValue("file", file)
                .addKeyValue("cause", cause.toString())
                .log("hashes of receipts are not kept, the next start computes them again");
        close();
        synchronized (opening) {
            blocks = Optional.empty();
        }
    }

    /** Leaves the file to others. The receipts stay, and take more. */
    @Override
    public void close() {
        synchronized (opening) {
            closed = true;
            blocks.ifPresent(LoggedReceipts::close);
        }
    }

    private static void close(SealedBlocks blocks) {
        try {
            blocks.close();
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("cause", e.toString()).log("the file of hashes of receipts was not closed");
        }
    }
}
