/** Who may bring plugins: keys, signatures, declared permissions and the operator's consent to them. */
@NullMarked
package io.aitbc.openclaw.host.trust;

import org.jspecify.annotations.NullMarked;
