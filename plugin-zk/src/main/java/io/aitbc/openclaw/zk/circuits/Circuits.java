package io.aitbc.openclaw.zk.circuits;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.snarkjs.CircuitKey;
import io.aitbc.openclaw.zk.snarkjs.KeyFile;
import io.aitbc.openclaw.zk.snarkjs.SnarkjsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The circuits whose proofs are checked: those of AITBC, and those the settings add. Keys never come with a proof. Keys of AITBC are prepared
 * when they are first needed, so that a start does not wait for it. Safe for many threads.
 */
public final class Circuits {
    private static final String PREFIX = "circuits.";
    private static final String KEY = ".key";
    private static final String TRUSTED = "trusted-proof-keys";
    private static final String TRUSTED_RECEIPTS = "trusted-receipt-keys";
    private static final List<String> SETTINGS =
            List.of(KEY, ".key-sha256", ".proves", ".signals", ".ceremony", BundleSettings.BUNDLE, BundleSettings.HASH);
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int MAX_KEY_BYTES = SnarkjsReader.MAX_CHARACTERS;

    /** Circuits of AITBC whose proofs show nothing, and why. */
    private static final Map<String, String> WORTHLESS = Map.of(
            "test_final_v2",
            "its statement is out = in, so that anybody can prove any hash; the verifier contract on the chain has this key",
            "receipt",
            "it has neither a key nor constraints");

    private final Set<String> trustedKeys;
    private final Set<String> trustedReceiptKeys;
    private final Map<String, PinnedCircuit> configured = new HashMap<>();
    private final Map<AitbcCircuit, PinnedCircuit> known = new ConcurrentHashMap<>();
    private final Map<String, PinnedCircuit> builtIns = new ConcurrentHashMap<>();

    /** @throws OpenClawException with INVALID_CONFIG for a key that is not the pinned one, or under which proofs would show nothing */
    public Circuits(PluginConfig config) {
        trustedKeys = trusted(config, TRUSTED, "SHA-256 hashes of verification keys");
        trustedReceiptKeys = trusted(config, TRUSTED_RECEIPTS, "keys for receipts in 64 hexadecimal digits");
        names(config).forEach(name -> configured.put(name, configured(config, name)));
    }

    /** The names of all settings that this class reads, with those of the circuits that the configuration adds. */
    public static Set<String> settings(PluginConfig config) {
        Stream<String> ofCircuits =
                names(config).flatMap(name -> SETTINGS.stream().map(setting -> PREFIX + name + setting));
        return Stream.concat(Stream.of(TRUSTED, TRUSTED_RECEIPTS), ofCircuits).collect(Collectors.toUnmodifiableSet());
    }

    /** Of the circuits that the configuration adds. */
    private static Stream<String> names(PluginConfig config) {
        return config.values().keySet().stream()
                .filter(setting -> setting.startsWith(PREFIX) && setting.lastIndexOf('.') > PREFIX.length())
                .map(setting -> setting.substring(PREFIX.length(), setting.lastIndexOf('.')))
                .distinct();
    }

    /** @throws MalformedDocumentException that says why there is no such circuit */
    public PinnedCircuit named(String name) throws MalformedDocumentException {
        PinnedCircuit added = configured.get(name);
        if (added != null) {
            return added;
        }
        Optional<AitbcCircuit> aitbc = AitbcCircuit.named(name);
        if (aitbc.isPresent()) {
            return known.computeIfAbsent(aitbc.get(), this::prepared);
        }
        for (BuiltInCircuit builtIn : BuiltInCircuit.all()) {
            if (builtIn.name().equals(name)) {
                return builtIns.computeIfAbsent(name, _ -> prepared(builtIn));
            }
        }
        String worthless = WORTHLESS.get(name);
        throw new MalformedDocumentException(
                worthless == null
                        ? "its circuit is not known: pin its key under plugins.zk.circuits"
                        : "proofs of circuit %s show nothing: %s".formatted(name, worthless));
    }

    private PinnedCircuit prepared(AitbcCircuit aitbc) {
        return new PinnedCircuit(
                aitbc.circuit(), aitbc.keySha256(), false, trustedKeys.contains(aitbc.keySha256()), aitbc.readKey());
    }

    private PinnedCircuit prepared(BuiltInCircuit builtIn) {
        ProvingBundle bundle = builtIn.bundle();
        return pinned(bundle, trustedKeys.contains(bundle.sha256(ProvingBundle.Part.VERIFICATION_KEY)));
    }

    private static PinnedCircuit configured(PluginConfig config, String name) {
        String setting = config.section() + "." + PREFIX + name;
        if (AitbcCircuit.named(name).isPresent()
                || WORTHLESS.containsKey(name)
                || BuiltInCircuit.all().stream()
                        .anyMatch(builtIn -> builtIn.name().equals(name))) {
            throw invalid(setting + " has the name of a circuit of AITBC, or of the plugin: take another one");
        }
        if (BundleSettings.has(config, name)) {
            return bundled(config, name);
        }
        String section = PREFIX + name;
        String sha256 = config.text(section + ".key-sha256", "").strip().toLowerCase(Locale.ROOT);
        CircuitKey key = key(setting, config.text(section + KEY, ""), sha256);
        List<String> signals = list(config.text(section + ".signals", ""), ";");
        if (!signals.isEmpty() && signals.size() != key.signals()) {
            throw invalid("%s.signals names %d public signals, but the key has %d"
                    .formatted(setting, signals.size(), key.signals()));
        }
        Circuit circuit = new Circuit(
                name,
                config.text(section + ".proves", "inputs that fit the public signals of the circuit"),
                signals,
                Map.of(),
                key.signals() > 0,
                List.of());
        return new PinnedCircuit(circuit, sha256, config.flag(section + ".ceremony", false), true, key);
    }

    private static PinnedCircuit bundled(PluginConfig config, String name) {
        for (String other : SETTINGS) {
            if (!other.startsWith(BundleSettings.BUNDLE)
                    && config.text(PREFIX + name + other).isPresent()) {
                throw invalid("%s.%s%s%s cannot stand beside a bundle, which says it itself"
                        .formatted(config.section(), PREFIX, name, other));
            }
        }
        return pinned(BundleSettings.read(config, name), true);
    }

    private static PinnedCircuit pinned(ProvingBundle bundle, boolean trusted) {
        ProvingCircuit circuit = new ProvingCircuit(bundle, Optional.empty());
        int named = bundle.circuit().signals().size();
        int actual = circuit.verifier().key().signals();
        if (named != actual) {
            throw circuit.invalid("it names %d public signals, but the key has %d".formatted(named, actual));
        }
        return new PinnedCircuit(
                bundle.circuit(),
                circuit.keySha256(),
                bundle.ceremony(),
                trusted,
                new CircuitKey.Groth16(circuit.verifier()));
    }

    private static CircuitKey key(String setting, String file, String sha256) {
        if (file.isEmpty() || !HASH.matcher(sha256).matches()) {
            throw invalid("%s.key must be a file and %s.key-sha256 its SHA-256 in 64 hexadecimal digits"
                    .formatted(setting, setting));
        }
        try {
            Path path = Path.of(file);
            if (Files.size(path) > MAX_KEY_BYTES) {
                throw invalid("%s%s is larger than %d bytes: %s".formatted(setting, KEY, MAX_KEY_BYTES, file));
            }
            return KeyFile.read(Files.readAllBytes(path), sha256);
        } catch (IOException | InvalidPathException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG, "%s%s cannot be read: %s".formatted(setting, KEY, file), e);
        } catch (MalformedDocumentException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG, "%s%s, file %s: %s".formatted(setting, KEY, file, e.getMessage()), e);
        }
    }

    /** @param trustedInCall in lower case */
    public boolean trustsReceiptKey(String keyId, Set<String> trustedInCall) {
        return trustedReceiptKeys.contains(keyId) || trustedInCall.contains(keyId);
    }

    private static Set<String> trusted(PluginConfig config, String setting, String what) {
        Set<String> hashes = list(config.text(setting, ""), ",").stream()
                .map(hash -> hash.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        for (String hash : hashes) {
            if (!HASH.matcher(hash).matches()) {
                throw invalid("%s.%s must be %s, not '%s'".formatted(config.section(), setting, what, hash));
            }
        }
        return hashes;
    }

    private static List<String> list(String text, String separator) {
        return Arrays.stream(text.split(separator))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static OpenClawException invalid(String message) {
        return new OpenClawException(ErrorCode.INVALID_CONFIG, message);
    }
}
