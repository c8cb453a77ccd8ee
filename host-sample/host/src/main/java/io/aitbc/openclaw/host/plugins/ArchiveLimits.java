package io.aitbc.openclaw.host.plugins;

/**
 * What is accepted from a plugins directory.
 *
 * @param sourceBytes longest jar or zip
 * @param entries most entries of an archive
 * @param unpackedBytes most bytes an archive may unpack to
 * @param ratio most bytes an archive may unpack to for each of its own
 */
record ArchiveLimits(long sourceBytes, int entries, long unpackedBytes, int ratio) {
    static final ArchiveLimits DEFAULT = new ArchiveLimits(256L << 20, 20_000, 1L << 30, 100);

    void checkUnpacked(long unpacked, long packed) throws PluginLoadException {
        if (unpacked > unpackedBytes) {
            throw new PluginLoadException("unpacks to more than " + unpackedBytes + " bytes");
        }
        // Small archives compress well without any bad intent.
        if (unpacked > (1L << 20) && unpacked / ratio > packed) {
            throw new PluginLoadException("unpacks to more than " + ratio + " times its size");
        }
    }
}
