package io.aitbc.openclaw.api;

import java.util.Optional;

/**
 * Where a plugin leaves what must not be lost. The host keeps it on disk and hands each message to the {@link io.aitbc.openclaw.api.outbox.OutboxHandler}
 * of its topic until that says it was delivered, across restarts of the host and upgrades of the plugin.
 *
 * <p>Messages of one lane are delivered one after another in the order in which they were added; lanes go on side by side. A
 * message in conflict stops its lane until a person decides. A lane belongs to its topic: the same name in two topics is two
 * lanes.
 */
public interface Outbox {
    /** Most characters of a topic, a lane and a key. */
    int LONGEST_NAME = 200;

    /** Most characters of a payload. */
    int LONGEST_PAYLOAD = 8 * 1024 * 1024;

    /**
     * Stores a message; it is on disk when this returns. Adding the same message again changes nothing and returns the stored
     * one, so that a caller who does not know whether he was heard can repeat himself.
     *
     * @param topic {@link io.aitbc.openclaw.api.outbox.OutboxHandler#id()} of who delivers it
     * @param lane what it must stay in order with: a job, an account
     * @param key unique within the topic, made by the caller
     * @param payload text, most often JSON; kept on disk as it is
     * @throws OpenClawException INVALID_REQUEST when the topic knows the key with another lane or payload, or when something
     *     is not as {@link #requireValid} wants it; INTERNAL when it cannot be stored: then it is not
     */
    OutboxMessage add(String topic, String lane, String key, String payload);

    /** A message that was added; delivered ones are forgotten after a while. */
    Optional<OutboxMessage> find(String topic, String key);

    /**
     * What every outbox accepts: names of 1 to {@value #LONGEST_NAME} characters without control characters, a payload of at
     * most {@value #LONGEST_PAYLOAD} without NUL, both well-formed Unicode.
     *
     * @throws OpenClawException INVALID_REQUEST otherwise
     */
    static void requireValid(String topic, String lane, String key, String payload) {
        requireName("topic", topic);
        requireName("lane", lane);
        requireName("key", key);
        if (payload.length() > LONGEST_PAYLOAD) {
            throw invalid("The payload of %s/%s has %,d characters, more than %,d"
                    .formatted(topic, key, payload.length(), LONGEST_PAYLOAD));
        }
        if (payload.indexOf(0) >= 0 || !isWellFormed(payload)) {
            throw invalid("The payload of %s/%s is not text".formatted(topic, key));
        }
    }

    private static void requireName(String what, String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw invalid(
                    "The %s of a message has 1 to %d characters, not %d".formatted(what, LONGEST_NAME, name.length()));
        }
        if (name.chars().anyMatch(Character::isISOControl) || !isWellFormed(name)) {
            throw invalid("The %s of a message is one line of text".formatted(what));
        }
    }

    /** Without half a surrogate pair, which could not be stored as UTF-8. */
    private static boolean isWellFormed(String text) {
        return text.codePoints()
                .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    private static OpenClawException invalid(String message) {
        return new OpenClawException(ErrorCode.INVALID_REQUEST, message);
    }
}
