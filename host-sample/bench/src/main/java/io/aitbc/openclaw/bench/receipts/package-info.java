/** How fast receipts are checked. */
@NullMarked
package io.aitbc.openclaw.bench.receipts;

import org.jspecify.annotations.NullMarked;
