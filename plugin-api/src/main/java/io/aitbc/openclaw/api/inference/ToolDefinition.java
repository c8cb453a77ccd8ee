package io.aitbc.openclaw.api.inference;

/**
 * A tool the model may call.
 *
 * @param name of the function
 * @param json the whole definition as the client sent it: {@code {"type":"function","function":{"name":…,"parameters":…}}}
 */
public record ToolDefinition(String name, String json) {}
