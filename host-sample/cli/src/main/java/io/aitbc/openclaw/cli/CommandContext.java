package io.aitbc.openclaw.cli;

import java.util.Map;

/**
 * What a command may use of the process it runs in.
 *
 * @param environment variables
 */
record CommandContext(Terminal terminal, Map<String, String> environment) {}
