/** Parts of plugins that work on their own, without being called. */
@NullMarked
package io.aitbc.openclaw.api.service;

import org.jspecify.annotations.NullMarked;
