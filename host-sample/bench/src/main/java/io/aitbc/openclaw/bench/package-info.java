/** What every benchmark shares: its name, its rows and how they are printed. */
@NullMarked
package io.aitbc.openclaw.bench;

import org.jspecify.annotations.NullMarked;
