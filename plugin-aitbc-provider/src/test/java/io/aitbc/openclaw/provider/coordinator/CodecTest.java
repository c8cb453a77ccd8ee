package io.aitbc.openclaw.provider.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CodecTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-22T11:35:24.490314Z|2026-11-22T11:35:24.490314Z",
                "2026-11-22T11:35:24.155525+00:00Z|2026-11-22T11:35:24.155525Z",
                "2026-11-22T11:35:22.662597+00:00|2026-11-22T11:35:22.662597Z",
                "2026-11-22 11:38:46.116219+00:00|2026-11-22T11:38:46.116219Z",
                "2026-11-22T13:35:22+02:00|2026-11-22T11:35:22Z",
                "2026-03-01T10:00:00|2026-03-01T10:00:00Z",
                "2026-03-01 10:00:00.5|2026-03-01T10:00:00.5Z",
                "1795347327|2026-11-22T11:35:27Z",
                "1795347327.25|2026-11-22T11:35:27.25Z"
            })
    void every_time_the_network_writes_is_read(String written, Instant meant) {
        assertThat(Times.parse(written)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bad", "2026-13-45T99:00:00Z", "-1", "2026-11-22", "999999999999999999999", "Z"})
    void what_is_no_time_is_absent(String written) {
        assertThat(Times.parse(written)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1.00000000,1.00000000", "0E-8,0E-8", "1e-6,0.000001", "0.6744,0.6744", "-1,-1", "12,12", "1e16,1E+16"})
    void every_decimal_the_network_writes_is_read(String written, BigDecimal meant) {
        assertThat(Decimals.parse(written))
                .hasValueSatisfying(value -> assertThat(value).isEqualByComparingTo(meant));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NaN", "Infinity", "1e999999999", "0x10", "1,5", "--1", "1.2.3"})
    void what_is_no_decimal_is_absent(String written) {
        assertThat(Decimals.parse(written)).isEmpty();
    }

    @Test
    void amounts_are_read_from_strings_and_numbers_alike() {
        JsonNode node = Json.MAPPER.readTree("{\"a\":\"1.00000000\",\"b\":1.0,\"c\":1,\"d\":null,\"e\":[]}");

        assertThat(Json.decimal(node, "a").orElseThrow()).isEqualByComparingTo("1");
        assertThat(Json.decimal(node, "b").orElseThrow()).isEqualByComparingTo("1");
        assertThat(Json.decimal(node, "c").orElseThrow()).isEqualByComparingTo("1");
        assertThat(Json.decimal(node, "d")).isEmpty();
        assertThat(Json.decimal(node, "e")).isEmpty();
        assertThat(Json.decimal(node, "f")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "404|{\"detail\":\"job not found\"}|job not found",
                "400|{\"detail\":{\"message\":\"bad wallet\"}}|bad wallet",
                "422|{\"error\":{\"code\":\"VALIDATION_ERROR\",\"message\":\"Request validation failed\",\"details\":[{\"field\":\"body.payload\",\"message\":\"Field required\"}]}}|Request validation failed: body.payload Field required",
                "500|{\"error\":{\"type\":\"internal_error\",\"message\":\"An internal server error occurred\"}}|An internal server error occurred",
                "404|{\"error\":\"Offer not found\"}|Offer not found",
                "502|<html>Bad gateway</html>|HTTP status 502",
                "503||HTTP status 503",
                "500|[1,2]|HTTP status 500"
            })
    void all_error_bodies_give_one_line(int status, String body, String line) {
        assertThat(ErrorText.of(new Reply(status, body == null ? "" : body, Optional.empty())))
                .isEqualTo(line);
    }

    @Test
    void text_of_strangers_becomes_one_short_line() {
        assertThat(ErrorText.line("a\r\nb\u0000\u001b[31mc")).isEqualTo("a b [31mc");
        assertThat(ErrorText.line("x".repeat(5000))).hasSizeLessThan(400);
    }

    @Test
    void a_receipt_keeps_the_numbers_as_they_were_written() {
        String receipt = "{\"receipt_id\":\"r\",\"units\":1.50,\"a\":1e-6,\"b\":[1e16,5,5.0,\"é\\u00e9\"]}";
        String answer = "{\"result\" : {\"receipt\":1},\n \"receipt\" : " + receipt + " , \"x\":1}";

        assertThat(JobResult.parse("result", answer).receipt().orElseThrow().json())
                .isEqualTo(receipt);
    }

    @Test
    void receipts_of_a_list_keep_their_text_too() {
        assertThat(Json.elements("[ {\"a\":1e-6}, {\"b\":[1.0]} ]")).containsExactly("{\"a\":1e-6}", "{\"b\":[1.0]}");
        assertThat(Json.elements("{}")).isEmpty();
        assertThat(Json.elements("[{\"a\":")).isEmpty();
    }

    @Test
    void a_receipt_that_is_null_or_missing_is_absent() {
        assertThat(JobResult.parse("r", "{\"result\":{},\"receipt\":null}").receipt())
                .isEmpty();
        assertThat(JobResult.parse("r", "{\"result\":{}}").receipt()).isEmpty();
        assertThat(JobResult.parse("r", "{\"result\":{},\"receipt\":[]}").receipt())
                .isEmpty();
    }

    @Test
    void expiry_of_a_token_is_read_and_rubbish_is_not() {
        // {"exp":1795347327}
        assertThat(Session.expiry("e30.eyJleHAiOjE3OTUzNDczMjd9.c2ln")).contains(Instant.ofEpochSecond(1795347327));
        assertThat(Session.expiry("(lab-jwt)")).isEmpty();
        assertThat(Session.expiry("a.!!!.c")).isEmpty();
        assertThat(Session.expiry("a.bm8ganNvbg.c")).isEmpty();
    }

    @Test
    void a_base_url_may_end_in_v1_and_slashes() {
        assertThat(BaseUrl.of("x", "http://hub.example:8203/v1/")
                        .path("v1", "jobs")
                        .build())
                .hasToString("http://hub.example:8203/v1/jobs");
        assertThat(BaseUrl.of("x", "https://hub.example/aitbc")
                        .path("v1", "jobs", "a/b")
                        .build())
                .hasToString("https://hub.example/aitbc/v1/jobs/a%2Fb");
        assertThat(BaseUrl.of("x", "http://hub.example:8203").plainOverNetwork())
                .isTrue();
        assertThat(BaseUrl.of("x", "http://127.0.0.1:8203").plainOverNetwork()).isFalse();
        assertThat(BaseUrl.of("x", "https://hub.example").plainOverNetwork()).isFalse();
    }
}
