package io.aitbc.openclaw.host.versions;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A jar with a plugin's manifest and nothing to run. */
record TestingArchive(String id, String version, String requires, String permissions) {
    static TestingArchive of(String id, String version) {
        return new TestingArchive(id, version, ">=0.1.0 & <1.0.0", "");
    }

    TestingArchive requires(String range) {
        return new TestingArchive(id, version, range, permissions);
    }

    TestingArchive permissions(String text) {
        return new TestingArchive(id, version, requires, text);
    }

    /** Into {@code ID-VERSION.jar} of a folder. */
    Path in(Path folder) throws IOException {
        return at(folder.resolve(id + "-" + version + ".jar"));
    }

    Path at(Path file) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Plugin-Id", id);
        attributes.putValue("Plugin-Version", version);
        attributes.putValue("Plugin-Requires", requires);
        if (!permissions.isEmpty()) {
            attributes.putValue("Plugin-Permissions", permissions);
        }
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.finish();
        }
        return file;
    }
}
