/** What the host finds in the plugin: the factories of its extensions, and the settings that they share. */
@NullMarked
package io.aitbc.openclaw.zk;

import org.jspecify.annotations.NullMarked;
