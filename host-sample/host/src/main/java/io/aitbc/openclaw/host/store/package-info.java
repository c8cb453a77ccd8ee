/** What the host keeps in a database. Statements are plain SQL that PostgreSQL understands too; what is SQLite's own stays in here. */
@NullMarked
package io.aitbc.openclaw.host.store;

import org.jspecify.annotations.NullMarked;
