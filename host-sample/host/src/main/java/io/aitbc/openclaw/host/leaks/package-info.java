/** What is taken back from shared places when a plugin is unloaded. */
@NullMarked
package io.aitbc.openclaw.host.leaks;

import org.jspecify.annotations.NullMarked;
