package io.aitbc.openclaw.host.store;

import io.aitbc.openclaw.api.OpenClawException;

/** Where something can be looked up. */
public interface Reads {
    /**
     * Looks something up, in what is on disk.
     *
     * @throws OpenClawException INTERNAL when it cannot be read
     */
    <R> R read(SqlWork<R> work);
}
