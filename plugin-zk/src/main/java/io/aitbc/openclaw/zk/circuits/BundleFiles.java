package io.aitbc.openclaw.zk.circuits;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the files of a proving bundle lie: see {@link ProvingBundle}. */
public interface BundleFiles {
    /** @param name without a folder */
    InputStream open(String name) throws IOException;

    static BundleFiles in(Path folder) {
        return name -> Files.newInputStream(folder.resolve(name));
    }
}
