package io.aitbc.openclaw.host.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserAgentTest {
    @ParameterizedTest
    @CsvSource({
        "'ollama-js/0.6.4 (x64 linux Node.js/v24.21.0)', ollama-js, 0.6.4",
        "'OpenAI/JS 7.15.0', OpenAI/JS, 7.15.0",
        "undici, undici, ''",
        "node, node, ''",
        "'ollama-python/0.4.7 (x86_64 linux) Python/3.12', ollama-python, 0.4.7",
        "curl/8.5.0, curl, 8.5.0",
        "'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130', browser, ''",
        "'', none, ''",
        "'<script>alert(1)</script>', none, ''"
    })
    void name_and_version_are_read_from_what_clients_send(String header, String name, String version) {
        assertThat(UserAgent.read(header)).isEqualTo(new UserAgent(name, version));
    }
}
