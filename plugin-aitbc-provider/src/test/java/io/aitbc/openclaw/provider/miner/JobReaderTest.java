package io.aitbc.openclaw.provider.miner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobReaderTest {
    private final JobReader reader = new JobReader(20);

    private Intake read(String payload) {
        return reader.assigned("{\"job_id\":\"j1\",\"payload\":" + payload + ",\"constraints\":{}}")
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'inference','model':'m','prompt':'hi'} | m",
                "{'model':'m','prompt':'hi'} | m",
                "{'type':null,'model':'m','prompt':'hi'} | m",
                "{'type':'inference','prompt':'hi'} | llama3.2:latest",
                "{'type':'inference','model':'m','prompt':'hi','options':{'num_predict':-5},'stream':true,'images':[1]} | m"
            })
    void what_the_production_miner_computes_is_accepted(String payload, String model) {
        assertThat(read(payload.replace('\'', '"')))
                .isEqualTo(new Intake.Accepted("j1", model, "hi", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'0'->0",
                "'108'->108",
                "108->",
                "'0108'->",
                "'-1'->",
                "'1.5'->",
                "null->",
                "{}->",
                "'1e3'->",
                "'999999999999999999999'->"
            })
    void price_that_the_client_names_is_read_and_what_is_none_is_left_out(String example) {
        String[] pair = example.split("->", -1);
        String payload = "{'type':'inference','model':'tiny','prompt':'hi','client_price_units':%s}".formatted(pair[0]);
        Optional<TokenAmount> price =
                pair[1].isEmpty() ? Optional.empty() : Optional.of(TokenAmount.of(Long.parseLong(pair[1]), Rail.AITBC));
        assertThat(read(payload.replace('\'', '"'))).isEqualTo(new Intake.Accepted("j1", "tiny", "hi", price));
    }

    /** The texts of the recorded jobs 986c…, 0c49… and ff6b…, and Python's word for nothing. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'text-generation','model':'m','prompt':'x'} | Unsupported job type: text-generation",
                "{'type':'ollama_inference','model':'m','prompt':'x'} | Unsupported job type: ollama_inference",
                "{'type':'skill_execution','skill_name':'x'} | Unsupported job type: skill_execution",
                "{'type':'transcribe','url':'file:///etc/passwd'} | Unsupported job type: transcribe",
                "{'type':'reencode','input':'http://127.0.0.1/'} | Unsupported job type: reencode",
                "{'type':'INFERENCE','model':'m','prompt':'x'} | Unsupported job type: INFERENCE",
                "{'prompt':'x'} | Unsupported job type: None",
                "{} | Unsupported job type: None",
                "[] | Unsupported job type: None",
                "null | Unsupported job type: None",
                "{'type':-1,'model':'m','prompt':'x'} | Unsupported job type: -1",
                "{'type':{'a':1},'model':'m','prompt':'x'} | Unsupported job type: object"
            })
    void other_types_fail_with_the_production_miners_words(String payload, String reason) {
        assertThat(read(payload.replace('\'', '"')))
                .isEqualTo(new Intake.Refused("j1", FailureCode.UNSUPPORTED_JOB_TYPE, reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'inference','model':5,'prompt':'hi'} | INVALID_JOB",
                "{'type':'inference','model':null,'prompt':'hi'} | INVALID_JOB",
                "{'type':'inference','model':'m'} | INVALID_JOB",
                "{'type':'inference','model':'m','prompt':-7} | INVALID_JOB",
                "{'type':'inference','model':'m','prompt':['hi']} | INVALID_JOB",
                "{'type':'inference','model':'m','prompt':' '} | INVALID_JOB",
                "{'type':'inference','model':'m','prompt':'123456789012345678901'} | PROMPT_TOO_LONG",
                "{'type':'inference','model':'m','prompt':'ääääääääääx'} | PROMPT_TOO_LONG"
            })
    void what_cannot_be_computed_is_refused(String payload, FailureCode code) {
        assertThat(read(payload.replace('\'', '"')))
                .isInstanceOfSatisfying(
                        Intake.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    @Test
    void a_job_for_an_enclave_is_refused_since_the_network_would_attest_one() {
        String job = "{\"job_id\":\"j1\",\"payload\":{\"model\":\"m\",\"prompt\":\"x\"},\"constraints\":{\"%s\":true}}";

        for (String constraint : new String[] {"confidential", "tee_attestation_required"}) {
            assertThat(reader.assigned(job.formatted(constraint)).orElseThrow()).isInstanceOf(Intake.Refused.class);
        }
    }

    @Test
    void a_type_of_a_stranger_is_one_short_line() {
        Intake refused = read("{\"type\":\"a\\nb\\u0000\\u2028" + "x".repeat(5000) + "\"}");

        assertThat(((Intake.Refused) refused).reason()).hasSizeLessThan(400).doesNotContain("\n", "\u0000", "\u2028");
    }

    @Test
    void a_job_too_deep_to_read_still_has_an_id_to_fail() {
        String deep = "{\"a\":".repeat(5000) + "1" + "}".repeat(5000);

        assertThat(reader.assigned("{\"job_id\":\"j1\",\"payload\":" + deep + "}"))
                .hasValueSatisfying(intake -> assertThat(intake)
                        .isEqualTo(new Intake.Refused("j1", FailureCode.INVALID_JOB, "The job cannot be read")));
    }

    @Test
    void without_a_usable_id_there_is_no_job() {
        assertThat(reader.assigned("{\"payload\":{}}")).isEmpty();
        assertThat(reader.assigned("{\"job_id\":\"../../x\",\"payload\":{}}")).isEmpty();
        assertThat(reader.assigned("<html>")).isEmpty();
        assertThat(reader.assigned("")).isEmpty();
    }

    @Test
    void prompts_stay_out_of_texts_for_logs() {
        assertThat(read("{\"model\":\"m\",\"prompt\":\"secret\"}").toString()).doesNotContain("secret");
    }

    @Test
    void mangled_jobs_end_in_a_job_or_in_none() {
        String[] pieces = {
            "null",
            "\"\"",
            "{}",
            "[]",
            "-1",
            "1e999999999",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "true",
            "{\"type\":",
            "}",
            "\"",
            "\"inference\"",
            "99999999999999999999999999",
            "\u0000",
            "]",
            ":",
            "\\"
        };
        String seed =
                "{\"job_id\":\"j1\",\"payload\":{\"type\":\"inference\",\"model\":\"m\",\"prompt\":\"hi\"},\"constraints\":{\"confidential\":false,\"models\":[]}}";
        Random random = new Random(20261125);
        int understood = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder(seed);
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(text.length() + 1);
                if (random.nextBoolean()) {
                    text.insert(at, pieces[random.nextInt(pieces.length)]);
                } else {
                    text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(12)));
                }
            }
            try {
                Optional<Intake> intake = reader.assigned(text.toString());
                understood += intake.isPresent() ? 1 : 0;
                intake.ifPresent(job -> assertThat(job.jobId()).matches("[A-Za-z0-9._-]{1,128}"));
            } catch (RuntimeException e) {
                fail("round " + round + " with " + text, e);
            }
        }
        assertThat(understood).isBetween(1000, 19_000);
    }
}
