package io.aitbc.openclaw.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that people read says that a receipt or a proof shows how an answer was computed. */
class WordingIT {
    private static final String WORK =
            "(inference|inferences|computation|computations|model output|answers?|execution)";
    private static final Pattern CLAIM = Pattern.compile(
            "(?i)\\b(verified|verifiable|proven|provable|trustless|attested|guaranteed)[\\s-]+" + WORK + "\\b"
                    + "|\\bproofs?\\s+(of|for)\\s+(the\\s+|a\\s+|correct\\s+|this\\s+)*" + WORK + "\\b"
                    + "|\\b(proves?|guarantees?|verif(y|ies)|shows?)\\s+(that\\s+)?(the|a|this|which|any)?\\s*"
                    + "(named\\s+)?(model|miner)\\s+(computed|ran|answered|did|produced|generated)\\b");

    /** In front of the claim, in the same sentence. */
    private static final Pattern DENIAL =
            Pattern.compile("(?i)\\b(no|not|nothing|nobody|none|never|neither|cannot|without)\\b[^.;|]*$");

    /** An excuse is close to what it excuses. */
    private static final int LONGEST_EXCUSE = 60;

    @Test
    void no_text_claims_that_inference_is_verified() throws IOException {
        Path root = Installation.target().toAbsolutePath().getParent().getParent();
        List<String> claims = new ArrayList<>();
        int files = 0;
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file :
                    all.filter(it -> isText(root.relativize(it).toString())).toList()) {
                files++;
                claims(Files.readString(file)).forEach(claim -> claims.add(root.relativize(file) + ": " + claim));
            }
        }
        assertThat(files).isGreaterThan(300);
        assertThat(claims).isEmpty();
    }

    private static boolean isText(String path) {
        boolean ours = path.endsWith(".md")
                || path.endsWith(".properties")
                || path.endsWith(".circom")
                || path.contains("/src/main/") && (path.endsWith(".java") || path.endsWith(".json"));
        return ours && !path.contains("target/") && !path.contains("node_modules/") && !path.startsWith(".");
    }

    private static List<String> claims(String text) {
        List<String> claims = new ArrayList<>();
        // Sentences run over lines, and over the beginnings of lines of a comment.
        String flat = text.replaceAll("\\s*\\n\\s*(\\*|//|#)?\\s*", " ");
        Matcher matcher = CLAIM.matcher(flat);
        while (matcher.find()) {
            String before = flat.substring(Math.max(0, matcher.start() - LONGEST_EXCUSE), matcher.start());
            if (!DENIAL.matcher(before).find()) {
                claims.add(
                        flat.substring(Math.max(0, matcher.start() - 40), Math.min(flat.length(), matcher.end() + 40)));
            }
        }
        return claims;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "With verified inference.",
                "A proof of correct\n * inference",
                "verifiable computation",
                "The receipt proves that the model computed the answer",
                "It shows that the named miner ran it",
                "This is not all. A proof of inference.",
                "Not only is this fast and easy to use by everybody who has one of these: it is a proof of inference",
                "{\"proves\": \"verified inference\"}"
            })
    void a_claim_is_found(String text) {
        assertThat(claims(text)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "It is no proof of inference.",
                "None of them proves that a model computed an answer",
                "a proof of this receipt"
            })
    void a_denial_is_no_claim(String text) {
        assertThat(claims(text)).isEmpty();
    }
}
