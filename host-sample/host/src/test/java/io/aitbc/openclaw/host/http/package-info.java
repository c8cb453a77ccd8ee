/** Tests of the API over real sockets. */
@NullMarked
package io.aitbc.openclaw.host.http;

import org.jspecify.annotations.NullMarked;
