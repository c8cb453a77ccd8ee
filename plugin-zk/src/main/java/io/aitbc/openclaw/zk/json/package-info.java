/** JSON as evidence needs it: read strictly and with limits, and written in one way only, as Python writes it, so that it can be hashed and signed. */
@NullMarked
package io.aitbc.openclaw.zk.json;

import org.jspecify.annotations.NullMarked;
