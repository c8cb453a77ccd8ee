/** What the proof chain holds, in a database that can be asked. */
@NullMarked
package io.aitbc.openclaw.host.proofs;

import org.jspecify.annotations.NullMarked;
