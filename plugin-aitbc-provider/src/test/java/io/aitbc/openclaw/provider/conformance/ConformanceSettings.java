package io.aitbc.openclaw.provider.conformance;

import io.aitbc.openclaw.provider.coordinator.Profile;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which network the suite runs against: that of the environment, or a devnet of its own. */
record ConformanceSettings(Map<String, String> values) {
    static final String COORDINATOR = "AITBC_COORDINATOR_URL";
    static final String MARKETPLACE = "AITBC_MARKETPLACE_URL";
    static final String CHAIN = "AITBC_CHAIN_URL";
    static final String CHAIN_ID = "AITBC_CHAIN_ID";
    static final String REGISTRY = "AITBC_AGENT_REGISTRY_URL";
    static final String WALLET_KEY = "AITBC_WALLET_KEY";
    static final String API_KEY = "AITBC_API_KEY";
    static final String PROFILE = "AITBC_PROFILE";
    static final String MINER_KEY = "AITBC_MINER_KEY";
    static final String MODEL = "AITBC_MODEL";
    static final String RECIPIENT = "AITBC_RECIPIENT";
    static final String SPEND = "AITBC_CONFORMANCE_SPEND";

    static ConformanceSettings ofEnvironment() {
        return new ConformanceSettings(System.getenv());
    }

    ConformanceSettings without(String name) {
        Map<String, String> rest = new HashMap<>(values);
        rest.remove(name);
        return new ConformanceSettings(rest);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    boolean real() {
        return text(COORDINATOR).isPresent();
    }

    Optional<Profile> profile() {
        return text(PROFILE)
                .filter(name -> !name.equals("auto"))
                .map(name -> Profile.valueOf(name.toUpperCase(Locale.ROOT)));
    }

    /** Whether coins may leave the wallet, a few hundredths of an AIT. */
    boolean spends() {
        return text(SPEND).filter("true"::equals).isPresent();
    }
}
