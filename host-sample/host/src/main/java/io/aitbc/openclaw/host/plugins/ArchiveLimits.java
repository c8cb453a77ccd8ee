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

    /** More than the names of that many entries need. */
    private static final long BYTES_OF_ENTRY = 400;

    /**
     * @param count of entries, as the archive says
     * @param length of its list of entries, in bytes
     */
    void checkDirectory(int count, long length) throws PluginLoadException {
        if (count > entries) {
            throw new PluginLoadException("has more than " + entries + " entries");
        }
        if (length > entries * BYTES_OF_ENTRY) {
            throw new PluginLoadException("its list of entries is longer than " + entries * BYTES_OF_ENTRY + " bytes");
        }
    }

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
