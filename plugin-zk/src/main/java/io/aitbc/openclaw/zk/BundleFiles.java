package io.aitbc.openclaw.zk;

import java.io.FileNotFoundException;
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

    /** Resources beside a class, in a folder. */
    static BundleFiles beside(Class<?> type, String folder) {
        return name -> {
            InputStream resource = type.getResourceAsStream(folder + "/" + name);
            if (resource == null) {
                throw new FileNotFoundException("there is no resource " + folder + "/" + name);
            }
            return resource;
        };
    }
}
