package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.provider.ScriptedHttp;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A coordinator that keeps a list of jobs, and loses the answers to those a test chooses. */
final class ListedJobs implements AutoCloseable {
    /** What happens to a submission. */
    enum Fate {
        ANSWERED,
        /** The job is there, the connection breaks. */
        LOST,
        /** The connection breaks before anything happens. */
        NEVER_ARRIVED,
        /** The connection breaks, and the job appears when {@link #settle()} is called. */
        LATE,
        /** A proxy gives up on it, and the job is there. */
        GATEWAY_TIMEOUT,
        /** The answer is cut short. */
        UNREADABLE
    }

    private record Job(String id, String reference, Instant at) {}

    private static final Pattern PARAMETER = Pattern.compile("(limit|offset)=(\\d+)");

    final ScriptedHttp http = new ScriptedHttp();
    final List<String> canceled = new CopyOnWriteArrayList<>();
    volatile Runnable afterLoss = () -> {};
    volatile Runnable onPage = () -> {};
    volatile boolean showsPayload = true;
    volatile String state = "QUEUED";
    volatile int mostPerPage = Integer.MAX_VALUE;

    private final List<Job> jobs = new CopyOnWriteArrayList<>();
    private final List<String> late = new CopyOnWriteArrayList<>();
    private final List<Fate> fates = new CopyOnWriteArrayList<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final Instant start = Instant.now();

    ListedJobs() {
        TestingServices.login(http);
        http.on("POST /v1/jobs", this::submit);
        http.on("GET /v1/jobs", this::list);
    }

    void next(Fate... wanted) {
        fates.addAll(List.of(wanted));
    }

    /** Jobs of an earlier time, one a second. */
    void older(int count) {
        for (int i = count; i > 0; i--) {
            jobs.add(new Job(id(), "old-" + i, start.minusSeconds(60L + i)));
        }
    }

    /** Jobs of other processes of the same account, requested now. */
    void others(int count) {
        for (int i = 0; i < count; i++) {
            commit("other-" + i);
        }
    }

    private String id() {
        String id = "job" + ids.incrementAndGet();
        http.on("POST /v1/jobs/" + id + "/cancel", call -> {
            canceled.add(id);
            call.send(200, view(find(id)));
        });
        http.on("GET /v1/jobs/" + id + "/receipt", call -> call.send(200, """
                {"receipt_id":"r","job_id":"%s","metadata":{"job_payload":{"client_reference":"%s"}}}""".formatted(id, find(id).reference())));
        return id;
    }

    private Job find(String id) {
        return jobs.stream().filter(job -> job.id().equals(id)).findFirst().orElseThrow();
    }

    private synchronized Job commit(String reference) {
        Job job = new Job(id(), reference, Instant.now());
        jobs.add(job);
        return job;
    }

    List<String> references() {
        return jobs.stream().map(Job::reference).toList();
    }

    void settle() {
        late.forEach(this::commit);
        late.clear();
    }

    private void submit(ScriptedHttp.Call call) throws IOException {
        JsonNode body = Json.MAPPER.readTree(call.body());
        String reference = body.path("payload").path(JobSubmission.REFERENCE).stringValue();
        Fate fate = next();
        switch (fate) {
            case ANSWERED -> call.send(201, view(commit(reference)));
            case LOST -> {
                commit(reference);
                afterLoss.run();
            }
            case NEVER_ARRIVED -> {}
            case LATE -> late.add(reference);
            case GATEWAY_TIMEOUT -> {
                commit(reference);
                call.send(504, "<html>Gateway timeout</html>");
            }
            case UNREADABLE -> {
                commit(reference);
                call.send(201, "{\"job_id\":");
            }
        }
    }

    private synchronized Fate next() {
        return fates.isEmpty() ? Fate.ANSWERED : fates.removeFirst();
    }

    private void list(ScriptedHttp.Call call) throws IOException {
        int limit = 20;
        int offset = 0;
        Matcher parameter = PARAMETER.matcher(call.query());
        while (parameter.find()) {
            int value = Integer.parseInt(parameter.group(2));
            limit = parameter.group(1).equals("limit") ? Math.min(mostPerPage, value) : limit;
            offset = parameter.group(1).equals("offset") ? value : offset;
        }
        String items = jobs.reversed().stream()
                .skip(offset)
                .limit(limit)
                .map(this::view)
                .collect(Collectors.joining(","));
        onPage.run();
        call.send(200, "{\"items\":[%s],\"limit\":%d,\"offset\":%d}".formatted(items, limit, offset));
    }

    private String view(Job job) {
        String payload = showsPayload
                ? ",\"payload\":{\"type\":\"inference\",\"client_reference\":\"%s\"}".formatted(job.reference())
                : "";
        return "{\"job_id\":\"%s\",\"state\":\"%s\",\"requested_at\":\"%s\"%s}"
                .formatted(job.id(), state, job.at(), payload);
    }

    @Override
    public void close() {
        http.close();
    }
}
