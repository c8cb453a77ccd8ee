package io.aitbc.openclaw.host.http.wire;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.io.ByteArrayOutputStream;

/**
 * What a client gets. Notes when a write began, so that one that does not end can be cut off; and can hold writes back to
 * send a header, a piece of the answer and the end of the answer as one packet.
 */
final class ConnectionOutput implements DataWriter {
    private final DataWriter target;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(1024);
    private boolean holding;

    /** When the write under way began, {@link System#nanoTime()}; 0 when there is none. */
    private volatile long writingSince;

    ConnectionOutput(DataWriter target) {
        this.target = target;
    }

    long writingSince() {
        return writingSince;
    }

    void hold() {
        holding = true;
    }

    /** Sends what was held back. */
    void release() {
        holding = false;
        if (held.size() > 0) {
            byte[] bytes = held.toByteArray();
            held.reset();
            writeNow(BufferData.create(bytes));
        }
    }

    /** Forgets what was held back. */
    void drop() {
        holding = false;
        held.reset();
    }

    @Override
    public void write(BufferData... buffers) {
        write(BufferData.create(buffers));
    }

    @Override
    public void write(BufferData buffer) {
        if (holding) {
            buffer.writeTo(held);
        } else {
            writeNow(buffer);
        }
    }

    @Override
    public void writeNow(BufferData... buffers) {
        writeNow(BufferData.create(buffers));
    }

    @Override
    public void writeNow(BufferData buffer) {
        writingSince = System.nanoTime() | 1;
        try {
            target.writeNow(buffer);
        } finally {
            writingSince = 0;
        }
    }

    @Override
    public void flush() {
        target.flush();
    }
}
