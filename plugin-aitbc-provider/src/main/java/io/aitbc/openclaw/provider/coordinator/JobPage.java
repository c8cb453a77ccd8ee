package io.aitbc.openclaw.provider.coordinator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A part of the list of our jobs.
 *
 * @param limit the coordinator used, when it says so; it may be less than asked for
 */
record JobPage(List<JobView> jobs, Optional<Long> limit) {
    static JobPage parse(String json) {
        JsonNode node = Json.tree("the list of jobs", json);
        JsonNode items = node.isArray() ? node : node.path("items");
        if (!items.isArray()) {
            throw Json.malformed("the list of jobs", "it has no list");
        }
        List<JobView> jobs = new ArrayList<>();
        for (JsonNode item : items) {
            jobs.add(JobView.parse("the list of jobs", item));
        }
        return new JobPage(List.copyOf(jobs), Json.integer(node, "limit"));
    }

    /** Whether nothing comes after it. A shorter page means that only if the coordinator used our limit. */
    boolean last(int asked) {
        return jobs.isEmpty()
                || (jobs.size() < asked && limit.map(used -> used == asked).orElse(true));
    }
}
