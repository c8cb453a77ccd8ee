package io.aitbc.openclaw.api.inference;

/**
 * A call the model wants to have made.
 *
 * @param id unique within the conversation; may be empty on input
 * @param name of the tool
 * @param argumentsJson a JSON object
 */
public record ToolCall(String id, String name, String argumentsJson) {}
