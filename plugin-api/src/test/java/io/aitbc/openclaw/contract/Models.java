package io.aitbc.openclaw.contract;

import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.Placement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Catalogue rows for tests. */
public final class Models {
    private Models() {}

    public static ModelDescriptor local(String providerId, String name, Capability... capabilities) {
        return model(providerId, Placement.LOCAL, name, Set.of(capabilities));
    }

    public static ModelDescriptor network(String providerId, String name, Capability... capabilities) {
        return model(providerId, Placement.NETWORK, name, Set.of(capabilities));
    }

    private static ModelDescriptor model(
            String providerId, Placement placement, String name, Set<Capability> capabilities) {
        return new ModelDescriptor(
                name,
                providerId,
                placement,
                capabilities,
                OptionalInt.of(4096),
                OptionalLong.of(1000),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                List.of());
    }
}
