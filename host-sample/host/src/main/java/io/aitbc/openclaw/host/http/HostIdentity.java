package io.aitbc.openclaw.host.http;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Which host answers.
 *
 * @param version of the host
 * @param instance of this start alone; it also stands in the data directory, so that who looks there knows the host again
 */
public record HostIdentity(String version, String instance) {
    /** Of a start. */
    public static HostIdentity create(RandomGenerator random) {
        String version = Optional.ofNullable(HostIdentity.class.getModule().getDescriptor())
                .flatMap(ModuleDescriptor::rawVersion)
                .orElse("development");
        return new HostIdentity(version, "%016x%016x".formatted(random.nextLong(), random.nextLong()));
    }
}
