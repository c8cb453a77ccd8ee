package io.aitbc.openclaw.provider.privacy;

import java.util.List;

/**
 * Forms by which secrets and personal data are recognised. What has none of them is not recognised: a name, an address, a
 * password in a sentence. Of two that overlap the one that begins first counts, and of those the one that stands first here.
 */
final class KnownForms {
    /** {@code \b} would also stand within a word with a hyphen. */
    private static final String START = "(?<![A-Za-z0-9_-])";

    static final List<Rule> RULES = List.of(
            Rule.of("PEM", "-----BEGIN [A-Z0-9 ]{1,60}-----(?s:.*?)(?:-----END [A-Z0-9 ]{1,60}-----|\\z)"),
            Rule.of("JWT", START + "eyJ[A-Za-z0-9_-]{5,}+(?:\\.[A-Za-z0-9_-]*+){2,4}"),
            Rule.of(
                    "AWS_KEY",
                    START + "(?:AKIA|ASIA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])"),
            Rule.of(
                    "AWS_KEY",
                    "(?i:aws_?secret_?(?:access_?)?key)[\"']?\\s{0,4}[:=]\\s{0,4}[\"']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+])"),
            Rule.of("API_KEY", START + "sk-[A-Za-z0-9_-]{16,}+"),
            Rule.of(
                    "API_KEY",
                    START + "(?:gsk_|xai-|nvapi-|hf_|r8_|glpat-|npm_|dop_v1_|pypi-|tvly-|pplx-)[A-Za-z0-9_-]{16,}+"),
            Rule.of("API_KEY", START + "[rsp]k_(?:live|test)_[A-Za-z0-9]{10,}+"),
            Rule.of("API_KEY", START + "whsec_[A-Za-z0-9+/=]{16,}+"),
            Rule.of("API_KEY", START + "gh[opusr]_[A-Za-z0-9]{20,}+"),
            Rule.of("API_KEY", START + "github_pat_[A-Za-z0-9_]{20,}+"),
            Rule.of("API_KEY", START + "xox[abeoprs]-[A-Za-z0-9-]{10,}+"),
            Rule.of("API_KEY", START + "xapp-[A-Za-z0-9-]{20,}+"),
            Rule.of("API_KEY", START + "AIza[A-Za-z0-9_-]{35}"),
            Rule.of("API_KEY", START + "ya29\\.[A-Za-z0-9_-]{20,}+"),
            Rule.of("API_KEY", START + "SG\\.[A-Za-z0-9_-]{16,}+\\.[A-Za-z0-9_-]{16,}+"),
            Rule.of("PRIVATE_KEY", START + "0x[0-9a-fA-F]{64}(?![0-9a-fA-F])"),
            Rule.of("TOKEN", "(?i:(?<![a-z])bearer)\\s{1,4}([A-Za-z0-9._~+/-]{16,}+=*+)"),
            Rule.of("TOKEN", "(?i:authorization[\"']?\\s{0,4}[:=]\\s{0,4}[\"']?basic)\\s{1,4}([A-Za-z0-9+/]{8,}+=*+)"),
            Rule.of("SECRET", "://[^/\\s:@]{1,100}:([^/\\s@]{1,200})@"),
            Rule.of(
                    "SECRET",
                    "(?i:(?:password|passwd|passphrase|pwd|secret|api[_-]?key|access[_-]?token|auth[_-]?token|client[_-]?secret))"
                            + "[\"']?\\s{0,4}[:=]\\s{0,4}[\"']?([^\\s\"',;\\[\\]]{6,200})"),
            Rule.of(
                    "EMAIL",
                    "(?<![\\p{L}\\p{N}._%+-])[\\p{L}\\p{N}._%+-]{1,64}@(?:[\\p{L}\\p{N}-]{1,63}\\.){1,8}[\\p{L}]{2,24}(?![\\p{L}\\p{N}])"),
            Rule.of("IBAN", "(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,40}", Numbers::iban),
            Rule.of("CARD", "(?<![0-9A-Za-z.-])[2-6](?:[ -]?[0-9]){12,18}(?![0-9A-Za-z])", Numbers::card),
            Rule.of("PHONE", "(?<![\\w.+])\\+[1-9][0-9 ()./-]{5,20}[0-9](?![0-9])", Numbers::phone),
            Rule.of(
                    "PHONE",
                    "(?<![\\w./:-])\\(?0[0-9]{1,4}\\)?[ /-][0-9][0-9 /-]{3,14}[0-9](?![\\w:.])",
                    Numbers::phone),
            Rule.of(
                    "PHONE",
                    "(?<![\\w./:-])\\(?[2-9][0-9]{2}\\)?[ .-] ?[0-9]{3}[ .-][0-9]{4}(?![\\w.])",
                    Numbers::phone),
            Rule.of(
                    "PRIVATE_IP",
                    "(?<![\\w.])(?:[0-9]{1,3}\\.){3}[0-9]{1,3}(?![\\w]|\\.[0-9])",
                    Numbers::privateAddress),
            Rule.of("PRIVATE_IP", "(?i)(?<![0-9a-z:])f(?:[cd][0-9a-f]{2}|e[89ab][0-9a-f]):[0-9a-f:]{2,40}"),
            Rule.of(
                    "PRIVATE_HOST",
                    "(?i)(?<![\\w.@-])(?:[a-z0-9][a-z0-9-]{0,62}\\.){1,8}(?:local|internal|intranet|localdomain|lan|corp|home\\.arpa)(?![\\w-]|\\.\\w)"));

    private KnownForms() {}
}
