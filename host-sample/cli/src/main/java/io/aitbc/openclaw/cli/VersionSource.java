package io.aitbc.openclaw.cli;

import picocli.CommandLine.IVersionProvider;

/** The version the build wrote into this module's jar. */
final class VersionSource implements IVersionProvider {
    static String version() {
        String version = VersionSource.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"openclaw-aitbc " + version(), "Java " + Runtime.version()};
    }
}
