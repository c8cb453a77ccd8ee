/** The log of records of answers, signed by the host, and the bundles that are handed out of it. */
@NullMarked
package io.aitbc.openclaw.zk.chain;

import org.jspecify.annotations.NullMarked;
