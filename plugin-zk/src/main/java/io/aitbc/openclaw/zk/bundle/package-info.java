/** The portable record of one answer, read and checked link by link, offline. */
@NullMarked
package io.aitbc.openclaw.zk.bundle;

import org.jspecify.annotations.NullMarked;
