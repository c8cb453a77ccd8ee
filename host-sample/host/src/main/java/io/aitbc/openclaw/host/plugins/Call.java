package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.host.calls.InterruptibleCall;

/** A call of the current thread into a plugin. */
final class Call extends InterruptibleCall implements Running {}
