package io.aitbc.openclaw.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the short reload benchmark counts; how long it takes says nothing on a machine that does other things. */
class ReloadIT {
    private static final String[] NONE = {
        "failed calls",
        "truncated streams",
        "old versions still in memory",
        "copies of old versions on disk",
        "open files of old versions"
    };

    @TempDir
    private Path scratch;

    @Test
    void plugins_are_replaced_under_streams_without_a_lost_call_or_anything_left_behind() throws Exception {
        Installation.Ended bench = new Installation(scratch).run("bench", "reload", "--short", "--json");
        assertThat(bench.exitCode()).as(bench.err()).isIn(0, 3);
        Map<String, JsonNode> rows = new JsonMapper()
                .readTree(bench.out())
                .path("rows")
                .valueStream()
                .collect(Collectors.toMap(row -> row.path("name").asString(), row -> row));

        for (String name : NONE) {
            assertThat(rows).containsKey(name);
            assertThat(rows.get(name).path("value").asDouble())
                    .as(name + " " + bench.err())
                    .isZero();
        }
        JsonNode refused = rows.get("bad files refused, old version kept");
        assertThat(refused.path("value").asDouble())
                .isPositive()
                .isEqualTo(refused.path("target").asDouble());
        for (String reached : List.of("STABLE", "RESOLVED", "STARTED", "PROBED")) {
            assertThat(rows).containsKey("of them, having reached " + reached);
        }
        assertThat(rows.get("plugins replaced").path("value").asDouble()).isGreaterThan(10);
        assertThat(rows.get("streams that ended whole, at least").path("value").asDouble())
                .isGreaterThan(32);
        assertThat(rows.get("of them from the network, at least").path("value").asDouble())
                .isPositive();
    }
}
