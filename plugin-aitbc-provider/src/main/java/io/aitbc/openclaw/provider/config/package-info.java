/** Settings, checked. */
@NullMarked
package io.aitbc.openclaw.provider.config;

import org.jspecify.annotations.NullMarked;
