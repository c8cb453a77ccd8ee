package io.aitbc.openclaw.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.inference.LocalEngine;
import io.aitbc.openclaw.engine.EmbeddedEngine;
import io.aitbc.openclaw.engine.EmbeddedEngineOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The miner with the engine it has on a bare machine. */
class EmbeddedEngineMinerTest {
    @Test
    void a_job_is_computed_by_the_embedded_engine(@TempDir Path folder) {
        LocalEngine engine = EmbeddedEngine.open(EmbeddedEngineOptions.in(folder));
        try (engine;
                Devnet devnet = Devnet.start(DevnetOptions.defaults(), engine)) {
            TestingClient client = TestingClient.signIn(devnet, TestingWallet.RECORDED);

            JsonNode answer = client.resultOf(TestingClient.job("wren-tiny:latest", "The capital of France is"));

            JsonNode result = answer.path("result");
            assertThat(result.path("status").stringValue()).isEqualTo("completed");
            assertThat(result.path("model").stringValue()).isEqualTo("wren-tiny:latest");
            assertThat(result.path("output").stringValue()).isNotBlank();
            assertThat(result.path("tokens_processed").intValue()).isPositive();
            JsonNode receipt = answer.path("receipt");
            assertThat(receipt.path("metadata").path("result")).isEqualTo(result);
            assertThat(DevnetTest.verifies(receipt, receipt.path("signature"))).isTrue();
            assertThat(new TestingHttp(devnet.marketplaceUrl())
                            .get("/v1/marketplace/offer", java.util.Map.of())
                            .text())
                    .contains("wren-tiny:latest")
                    .doesNotContain("wren-tiny-embed");
        }
    }
}
