package io.aitbc.openclaw.host.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Statements that belong together. May run more than once before its result counts, so it changes nothing but the database. */
@FunctionalInterface
public interface SqlWork<R> {
    R run(Connection connection) throws SQLException;
}
