/** Which versions of plugins are installed, offered and wanted, and the way from one to the other. */
@NullMarked
package io.aitbc.openclaw.host.versions;

import org.jspecify.annotations.NullMarked;
