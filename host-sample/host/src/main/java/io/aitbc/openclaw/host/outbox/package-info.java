/** The outbox: messages of plugins, kept on disk until they are delivered. */
@NullMarked
package io.aitbc.openclaw.host.outbox;

import org.jspecify.annotations.NullMarked;
