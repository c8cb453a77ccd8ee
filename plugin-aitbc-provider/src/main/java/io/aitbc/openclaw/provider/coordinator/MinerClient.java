package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;
import okhttp3.Request;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The calls of a miner. None is repeated in here: a poll that is heard twice takes two jobs, a result that is heard twice
 * makes two receipts.
 *
 * <p>All methods fail with {@link OpenClawException}: CANCELED, or MALFORMED_ANSWER when an answer is too long.
 */
public final class MinerClient {
    /**
     * Payloads of strangers stand in these answers. The coordinator itself reads nothing deeper than a thousand levels, so
     * with this no job can hide the others in a list.
     */
    private static final JsonMapper DEEP = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(2000)
                            .maxStringLength(SingleCall.MAX_BYTES)
                            .maxNumberLength(10_000)
                            .build())
                    .build())
            .build();

    private final BaseUrl base;
    private final MinerKey key;
    private final Http http;

    /** @param http stays the caller's to close */
    public MinerClient(BaseUrl base, MinerKey key, Http http) {
        this.base = base;
        this.key = key;
        this.http = http;
    }

    public String minerId() {
        return key.id();
    }

    /** @param region compared for equality with what a job asks for */
    public MinerReply register(ObjectNode capabilities, int concurrency, String region, CallScope scope) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.set("capabilities", capabilities);
        body.put("concurrency", concurrency).put("region", region);
        return post(path("register"), body, scope);
    }

    /**
     * @param status the production miner says {@code active}. One that says {@code ONLINE} and dies keeps jobs from those
     *     with a lower reputation for ever
     */
    public MinerReply heartbeat(int inflight, String status, CallScope scope) {
        ObjectNode body =
                Json.MAPPER.createObjectNode().put("inflight", inflight).put("status", status);
        body.set("metadata", Json.MAPPER.createObjectNode());
        return post(path("heartbeat"), body, scope);
    }

    /** 200 with a job, 204 without; 500 when the miner is not registered. */
    public MinerReply poll(CallScope scope) {
        return post(path("poll"), Json.MAPPER.createObjectNode().put("max_wait_seconds", 5), scope);
    }

    public MinerReply result(String jobId, JsonNode body, CallScope scope) {
        return post(path(jobId, "result"), body, scope);
    }

    public MinerReply fail(String jobId, JsonNode body, CallScope scope) {
        return post(path(jobId, "fail"), body, scope);
    }

    public MinerReply deregister(CallScope scope) {
        return call(path(key.id()), request -> request.delete(), scope);
    }

    /**
     * Jobs that were given to this miner, newest first. The list does not evaluate expiry.
     *
     * @param state those in this state only
     * @throws OpenClawException also UNREACHABLE, and with the coordinator's status when it refuses
     */
    public List<MinerJob> jobs(Optional<JobState> state, int limit, int offset, CallScope scope) {
        HttpUrl.Builder url = base.path("v1", "miners", key.id(), "jobs")
                .addQueryParameter("limit", Integer.toString(limit))
                .addQueryParameter("offset", Integer.toString(offset));
        state.ifPresent(wanted -> url.addQueryParameter("job_status", wanted.name()));
        JsonNode node = expect("the jobs of the miner", post(url.build(), Json.MAPPER.createObjectNode(), scope));
        // A failure of this route comes as 200 with an empty list and an error.
        JsonNode list = node.path("jobs");
        if (!list.isArray() || node.has("error")) {
            throw new OpenClawException(
                    ErrorCode.PROVIDER_FAILED, "The AITBC coordinator could not list the jobs of the miner");
        }
        List<MinerJob> jobs = new ArrayList<>();
        for (JsonNode item : list) {
            JsonNode payload = item.path("payload");
            jobs.add(new MinerJob(
                    JobView.parse("the jobs of the miner", item),
                    payload.isMissingNode() ? Optional.empty() : Optional.of(payload)));
        }
        return jobs;
    }

    /** @throws OpenClawException also UNREACHABLE, and with the coordinator's status when it refuses */
    public Earnings earnings(CallScope scope) {
        HttpUrl url = base.path("v1", "miners", key.id(), "earnings").build();
        return Earnings.parse(expect("the earnings of the miner", post(url, Json.MAPPER.createObjectNode(), scope)));
    }

    /** The JSON of an answer with a stranger's payload in it; empty when nobody can read it. */
    public static Optional<JsonNode> read(String body) {
        try {
            return Optional.of(DEEP.readTree(body));
        } catch (JacksonException | ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static JsonNode expect(String source, MinerReply reply) {
        return read(SingleCall.expect(source, reply)).orElseThrow(() -> Json.malformed(source, "it is not JSON"));
    }

    private HttpUrl path(String... segments) {
        HttpUrl.Builder url = base.path("v1", "miners");
        for (String segment : segments) {
            url.addPathSegment(segment);
        }
        return url.build();
    }

    private MinerReply post(HttpUrl url, JsonNode body, CallScope scope) {
        return call(url, request -> request.post(new OnceBody(Json.MAPPER.writeValueAsString(body))), scope);
    }

    private MinerReply call(HttpUrl url, UnaryOperator<Request.Builder> method, CallScope scope) {
        Request request = method.apply(new Request.Builder()
                        .url(url)
                        .header("X-Api-Key", key.secret())
                        .header("X-Miner-ID", key.id()))
                .build();
        return SingleCall.make(http, request, scope);
    }
}
