package io.aitbc.openclaw.cli;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version the build wrote into this module. */
final class VersionSource implements IVersionProvider {
    static String version() {
        return Optional.ofNullable(VersionSource.class.getModule().getDescriptor())
                .flatMap(ModuleDescriptor::rawVersion)
                .orElse("development");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"openclaw-aitbc " + version(), "Java " + Runtime.version()};
    }
}
