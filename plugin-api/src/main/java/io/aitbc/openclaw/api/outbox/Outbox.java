package io.aitbc.openclaw.api.outbox;

import io.aitbc.openclaw.api.OpenClawException;
import java.util.Optional;

/**
 * Where a plugin leaves what must not be lost. The host keeps it on disk and hands each message to the {@link OutboxHandler}
 * of its topic until that says it was delivered, across restarts of the host and upgrades of the plugin.
 *
 * <p>Messages of one lane are delivered one after another in the order in which they were added; lanes go on side by side. A
 * message in conflict stops its lane until a person decides.
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
     * @param topic {@link OutboxHandler#id()} of who delivers it
     * @param lane what it must stay in order with: a job, an account
     * @param key unique within the topic, made by the caller
     * @param payload text, most often JSON; kept on disk as it is
     * @throws OpenClawException INVALID_REQUEST when the topic knows the key with another lane or payload, or when something
     *     is too long; INTERNAL when it cannot be stored: then it is not
     */
    OutboxMessage add(String topic, String lane, String key, String payload);

    /** A message that was added; delivered ones are forgotten after a while. */
    Optional<OutboxMessage> find(String topic, String key);
}
