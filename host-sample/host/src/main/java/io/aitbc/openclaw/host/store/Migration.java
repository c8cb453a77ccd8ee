package io.aitbc.openclaw.host.store;

import java.util.List;

/**
 * A step from one schema to the next.
 *
 * @param version of the schema afterwards; the first is 1
 */
public record Migration(int version, List<String> statements) {
    public Migration {
        statements = List.copyOf(statements);
    }
}
