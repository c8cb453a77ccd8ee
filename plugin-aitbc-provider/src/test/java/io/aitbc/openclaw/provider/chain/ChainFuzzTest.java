package io.aitbc.openclaw.provider.chain;

import io.aitbc.openclaw.provider.JsonFuzz;
import org.junit.jupiter.api.Test;

/** Whatever a chain node answers. */
class ChainFuzzTest {
    @Test
    void heads() {
        JsonFuzz.run(
                "{\"height\":1,\"hash\":\"0x6e96\",\"timestamp\":\"2026-11-22T11:38:46+00:00\",\"tx_count\":0}",
                node -> ChainHead.parse("fuzz", node));
    }

    @Test
    void accounts() {
        JsonFuzz.run(
                "{\"address\":\"ait1e239cdc5fbe977a8a141b72194d3cf8c41bc5bc6\",\"balance\":68364,\"nonce\":1}",
                node -> ChainAccount.parse("fuzz", node));
    }

    @Test
    void transactions() {
        JsonFuzz.run(
                "{\"tx_hash\":\"0x1\",\"block_height\":2,\"sender\":\"0xe239cdc5fbe977a8a141b72194d3cf8c41bc5bc6\","
                        + "\"value\":3600,\"nonce\":0,\"type\":\"TRANSFER\",\"timestamp\":\"x\"}",
                ChainTransaction::parse);
    }

    @Test
    void escrows() {
        JsonFuzz.run(
                "{\"state\":\"created\",\"amount\":\"1.02500000000\",\"released_amount\":\"0\",\"refunded_amount\":0}",
                node -> EscrowView.parse("fuzz", node));
    }
}
