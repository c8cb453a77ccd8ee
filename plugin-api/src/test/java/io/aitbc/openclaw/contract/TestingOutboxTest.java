package io.aitbc.openclaw.contract;

import io.aitbc.openclaw.api.Outbox;

/** The double keeps the contract it is used to test others with. */
class TestingOutboxTest extends OutboxContract {
    private final TestingOutbox outbox = new TestingOutbox();
    private ScriptedHandler handler;

    @Override
    protected Outbox createOutbox(ScriptedHandler with) {
        handler = with;
        return outbox;
    }

    @Override
    protected void offer() {
        outbox.deliver(handler);
    }
}
