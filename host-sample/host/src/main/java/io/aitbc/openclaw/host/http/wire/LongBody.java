package io.aitbc.openclaw.host.http.wire;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body of any length whose pieces are limited: the allowance is renewed whenever a piece was read. */
final class LongBody extends FilterInputStream {
    private final Runnable renew;

    LongBody(InputStream in, Runnable renew) {
        super(in);
        this.renew = renew;
    }

    @Override
    public int read() throws IOException {
        renew.run();
        return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        renew.run();
        return super.read(bytes, offset, length);
    }
}
