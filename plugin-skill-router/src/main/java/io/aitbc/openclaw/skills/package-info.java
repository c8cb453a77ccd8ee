/** Routing of requests over local engines and networks. */
@NullMarked
package io.aitbc.openclaw.skills;

import org.jspecify.annotations.NullMarked;
