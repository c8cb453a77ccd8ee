/** From a document with a proof to a verdict, one by one and many together. */
@NullMarked
package io.aitbc.openclaw.zk.evidence;

import org.jspecify.annotations.NullMarked;
