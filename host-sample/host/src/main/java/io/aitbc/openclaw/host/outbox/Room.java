package io.aitbc.openclaw.host.outbox;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;

/** How much may still be added. */
final class Room {
    private final int mostMessages;
    private final long mostBytes;
    private long messages;
    private long bytes;

    Room(OutboxOptions options) {
        this.mostMessages = options.mostMessages();
        this.mostBytes = options.mostBytes();
    }

    /** For what waits already, whether it would fit or not. */
    synchronized void take(long size) {
        messages++;
        bytes += size;
    }

    /** Whether there was room, which is taken then. */
    synchronized boolean reserve(long size) {
        if (messages >= mostMessages || bytes + size > mostBytes) {
            return false;
        }
        take(size);
        return true;
    }

    synchronized void release(long size) {
        messages--;
        bytes -= size;
    }

    synchronized OpenClawException full() {
        return new OpenClawException(
                ErrorCode.INTERNAL,
                "The outbox is full: %,d messages with %,d bytes wait, at most %,d with %,d may; see `outbox list` for why they wait, or raise outbox-messages or outbox-megabytes"
                        .formatted(messages, bytes, mostMessages, mostBytes));
    }
}
