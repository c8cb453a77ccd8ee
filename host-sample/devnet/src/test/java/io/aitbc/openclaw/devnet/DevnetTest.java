package io.aitbc.openclaw.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DevnetTest {
    @Test
    void a_job_goes_from_submission_to_a_signed_receipt() {
        TestingEngine engine = new TestingEngine("wren-tiny:latest");
        try (Devnet devnet = Devnet.start(DevnetOptions.defaults(), engine)) {
            TestingClient client = TestingClient.signIn(devnet, TestingWallet.RECORDED);

            JsonNode answer = client.resultOf(TestingClient.job("wren-tiny:latest", "hello"));

            assertThat(answer.path("result").path("output").asString()).isEqualTo("wren-tiny:latest says: hello");
            assertThat(answer.path("receipt").path("provider").asString()).isEqualTo(devnet.minerId());
        }
    }
}
