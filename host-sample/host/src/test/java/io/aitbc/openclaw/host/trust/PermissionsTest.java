package io.aitbc.openclaw.host.trust;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionsTest {
    @ParameterizedTest
    @CsvSource({
        "network:*, network:api.example.org",
        "network:*, network:api.example.org:443",
        "network:*, network:*.example.org",
        "network:example.org, network:example.org:443",
        "network:Example.org, network:example.ORG",
        "network:*.example.org, network:api.example.org",
        "network:*.example.org:443, network:a.b.example.org:443",
        "network:[::1], network:[::1]:80",
        "spend network:*, network:10.0.0.1 spend",
        "files:/data, files:/data",
    })
    void who_agreed_to_more_is_not_asked_again(String agreed, String wanted) throws TrustException {
        assertThat(Permissions.parse(wanted).minus(Permissions.parse(agreed)).tokens())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "network:api.example.org, network:*",
        "network:*.example.org, network:*",
        "network:*.example.org, network:example.org",
        "network:*.example.org, network:evilexample.org",
        "network:example.org, network:api.example.org",
        "network:example.org, network:example.org.evil.net",
        "network:example.org:443, network:example.org",
        "network:example.org:443, network:example.org:80",
        "network:*.example.org:443, network:api.example.org:80",
        "network:[::1]:80, network:[::1]",
        "network:[::1], network:[::1:80]",
        "network:*, files:/data",
        "network:*, spend",
        "files:/data, files:/",
    })
    void what_is_wider_or_something_else_is_new(String agreed, String wanted) throws TrustException {
        Permissions wants = Permissions.parse(wanted);
        assertThat(wants.minus(Permissions.parse(agreed))).isEqualTo(wants);
    }
}
