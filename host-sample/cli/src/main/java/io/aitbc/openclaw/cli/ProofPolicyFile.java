package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.Durations;
import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.proof.BundlePolicy;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules of somebody who checks bundles, in a file of Java properties. A rule that is misspelt is no rule, so whatever is not known,
 * not understood or said twice is refused.
 */
final class ProofPolicyFile {
    private static final int LARGEST = 1 << 20;
    private static final Set<String> KEYS = new TreeSet<>(Set.of(
            "trust-host",
            "trust-receipt",
            "trust-proof",
            "trust-miner",
            "require",
            "without-receipt",
            "levels",
            "max-age",
            "checkpoint"));

    private final Path file;
    private final Properties values = new Once();

    /** Properties of which each may be said once. */
    private static final class Once extends Properties {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Object put(Object key, Object value) {
            if (containsKey(key)) {
                throw new IllegalArgumentException("it says %s twice".formatted(key));
            }
            return super.put(key, value);
        }
    }

    private ProofPolicyFile(Path file) {
        this.file = file;
    }

    /** @param about the job or request that the bundle has to be of */
    static BundlePolicy read(Path file, Optional<String> about) {
        ProofPolicyFile policy = new ProofPolicyFile(file);
        policy.load();
        return policy.policy(about);
    }

    private CommandFailure wrong(String what) {
        return new CommandFailure(ExitCode.WRONG_USAGE, "The policy %s cannot be used: %s".formatted(file, what));
    }

    private void load() {
        String text = SmallFile.read(file, LARGEST, "policy");
        try {
            values.load(new StringReader(text));
        } catch (java.io.IOException | IllegalArgumentException e) {
            throw wrong(FailureReason.of(e));
        }
        for (String key : new TreeSet<>(values.stringPropertyNames())) {
            if (!KEYS.contains(key)) {
                throw wrong("'%s' is none of %s".formatted(key, String.join(", ", KEYS)));
            }
            if (values.getProperty(key).isBlank()) {
                throw wrong("%s says nothing; leave it out".formatted(key));
            }
        }
    }

    private Optional<String> find(String key) {
        return Optional.ofNullable(values.getProperty(key)).map(String::strip);
    }

    private List<String> words(String key) {
        List<String> words = new ArrayList<>();
        find(key).ifPresent(text -> List.of(text.split(",", -1)).forEach(word -> words.add(word.strip())));
        if (new HashSet<>(words).size() < words.size()) {
            throw wrong("%s names one twice".formatted(key));
        }
        return words;
    }

    private BundlePolicy policy(Optional<String> about) {
        ProofTrust trust = new ProofTrust();
        for (String role : List.of("host", "receipt", "proof", "miner")) {
            for (String key : words("trust-" + role)) {
                if (!trust.add(role, key)) {
                    throw wrong("trust-%s has '%s', and %s".formatted(role, key, ProofTrust.KEY_FORMS));
                }
            }
        }
        Set<String> required = required();
        boolean receiptMayLack = flag("without-receipt");
        if (receiptMayLack && required.contains("receipt")) {
            throw wrong("without-receipt and a required receipt exclude each other");
        }
        BundlePolicy policy = trust.policy(required, receiptMayLack, about).withLevels(levels());
        BundlePolicy aged = maxAge().map(policy::withMaxAge).orElse(policy);
        return find("checkpoint")
                .map(name -> aged.withKeptCheckpoint(
                        KeptCheckpoint.read(file.toAbsolutePath().resolveSibling(name))
                                .note()))
                .orElse(aged);
    }

    private Set<String> required() {
        Set<String> links = Set.copyOf(words("require"));
        for (String link : links) {
            if (!ProofTrust.mayLack(link)) {
                throw wrong("require must be receipt, proof or price, not '%s'; all other links are always required"
                        .formatted(link));
            }
        }
        return links;
    }

    private boolean flag(String key) {
        return switch (find(key).orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong("%s must be true or false, not '%s'".formatted(key, values.getProperty(key)));
        };
    }

    private Set<AssuranceLevel> levels() {
        Set<AssuranceLevel> levels = EnumSet.noneOf(AssuranceLevel.class);
        for (String word : words("levels")) {
            try {
                levels.add(AssuranceLevel.valueOf(word));
            } catch (IllegalArgumentException e) {
                throw wrong("levels has '%s', which is none of %s".formatted(word, List.of(AssuranceLevel.values())));
            }
        }
        return levels;
    }

    private Optional<Duration> maxAge() {
        try {
            Optional<Duration> age = find("max-age").map(Durations::parse);
            if (age.filter(it -> it.isNegative() || it.isZero()).isEmpty()) {
                return age;
            }
        } catch (DateTimeException | IllegalArgumentException e) {
            // said below
        }
        throw wrong("max-age must be a duration such as 30d or 12h, not '%s'".formatted(values.getProperty("max-age")));
    }
}
