package io.aitbc.openclaw.host.compatibility;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * All components of which something is known.
 *
 * @param components in the order in which people read them
 */
public record CompatibilityTable(List<Component> components) {
    private static final String RESOURCE = "compatibility.json";

    public CompatibilityTable {
        components = List.copyOf(components);
    }

    /** What this release knows. */
    public static CompatibilityTable shipped() {
        try (InputStream in = CompatibilityTable.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing in the module of the host");
            }
            return read(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a table.
     *
     * @throws IllegalArgumentException when one entry of it cannot be right; the message names the entry and what is wrong
     */
    public static CompatibilityTable read(byte[] json) {
        return new CompatibilityTable(CompatibilityReader.read(json));
    }

    public Optional<Component> component(String id) {
        return components.stream()
                .filter(component -> component.id().equals(id))
                .findFirst();
    }

    /** @param agent the name of a client, without its version */
    Optional<Component> client(String agent) {
        return components.stream()
                .filter(component -> component.agents().contains(agent))
                .findFirst();
    }
}
