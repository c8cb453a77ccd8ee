/** Files that are there whole or not at all. */
@NullMarked
package io.aitbc.openclaw.host.files;

import org.jspecify.annotations.NullMarked;
