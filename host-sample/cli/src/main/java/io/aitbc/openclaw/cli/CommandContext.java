package io.aitbc.openclaw.cli;

import java.io.InputStream;
import java.util.Map;

/**
 * What a command may use of the process it runs in.
 *
 * @param in standard input
 * @param environment variables
 */
record CommandContext(Terminal terminal, InputStream in, Map<String, String> environment) {}
