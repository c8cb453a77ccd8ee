package io.aitbc.openclaw.zk.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {
    private static final int CALLERS = 4;

    @TempDir
    private Path folder;

    /** Two hosts that start at the same time with one folder: a key that is replaced would leave a log that nobody can open. */
    @Test
    void all_who_make_a_secret_at_the_same_time_have_the_same_one() throws Exception {
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            for (int round = 0; round < 25; round++) {
                Path file = folder.resolve("key-" + round);
                CyclicBarrier start = new CyclicBarrier(CALLERS);
                List<Future<String>> secrets = new ArrayList<>();
                for (int caller = 0; caller < CALLERS; caller++) {
                    secrets.add(callers.submit(() -> {
                        int _ = start.await();
                        return HexFormat.of().formatHex(SecretFile.in(file, new SecureRandom()));
                    }));
                }
                String first = secrets.getFirst().get();
                for (Future<String> secret : secrets) {
                    assertThat(secret.get()).isEqualTo(first);
                }
                assertThat(folder.toFile().list()).as("no drafts are left").hasSize(round + 1);
            }
        }
    }
}
