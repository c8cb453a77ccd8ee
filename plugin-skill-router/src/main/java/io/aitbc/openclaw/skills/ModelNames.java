package io.aitbc.openclaw.skills;

import java.util.Optional;

/** Names of models as clients write them. */
final class ModelNames {
    private ModelNames() {}

    /** Whether the name has the form of a network's: {@code aitbc/m:tag}, {@code miner/m:tag}, {@code m:tag@miner}. */
    static boolean mayNameNetwork(String name) {
        return name.indexOf('/') >= 0 || name.indexOf('@') >= 0;
    }

    /** {@code m:tag} for {@code aitbc/m:tag}; empty for a name with another namespace or with a miner. */
    static Optional<String> withoutNamespace(String name, String namespace) {
        int slash = name.indexOf('/');
        boolean matches = slash > 0 && name.substring(0, slash).equalsIgnoreCase(namespace) && name.indexOf('@') < 0;
        return matches ? Optional.of(name.substring(slash + 1)) : Optional.empty();
    }
}
