package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.provider.coordinator.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** A job at the {@link ScriptedCoordinator}; tests change it as they like. */
final class ScriptedJob {
    final String id;
    final ObjectNode submission;
    final List<String> receipts = new ArrayList<>();
    String state = "QUEUED";
    String miner;
    String error;
    String result;
    String paymentStatus;
    String livePaymentStatus;
    String transactionHash = "0x21be";
    int polls;

    ScriptedJob(String id, ObjectNode submission) {
        this.id = id;
        this.submission = submission;
    }

    String payload(String field) {
        return submission.path("payload").path(field).stringValue();
    }

    boolean paid() {
        return submission.has("payment_amount");
    }

    void run(String byMiner) {
        state = "RUNNING";
        miner = byMiner;
    }

    /** What a miner's result does: it completes any job, and its money is released. */
    void complete(String byMiner, String resultJson) {
        state = "COMPLETED";
        miner = byMiner;
        result = resultJson;
        receipts.add(receipt("r" + (receipts.size() + 1) + "-" + id, byMiner, resultJson));
        if ("escrowed".equals(livePaymentStatus)) {
            livePaymentStatus = "released";
            paymentStatus = "released";
        }
    }

    void completeWith(String output) {
        complete("miner-a", success(output, payload("model")));
    }

    /** Completes it with "Hello" and a receipt that was tampered with. */
    void completeWithReceipt(UnaryOperator<String> edit) {
        completeWith("Hello");
        receipts.set(0, edit.apply(receipts.getFirst()));
    }

    static String success(String output, String model) {
        return """
                {"status":"completed","output":%s,"execution_time":1e-06,"gpu_used":false,"model":"%s","tokens_processed":4}""".formatted(Json.MAPPER.writeValueAsString(output), model);
    }

    String receipt(String receiptId, String provider, String resultJson) {
        return """
                {"version":"1.0","receipt_id":"%s","job_id":"%s","provider":"%s","units":1e-06,"price":0.10,\
                "metadata":{"job_payload":%s,"result":%s},"signature":{"alg":"Ed25519","key_id":"k","sig":"s"}}""".formatted(receiptId, id, provider, submission.path("payload"), resultJson);
    }

    String view() {
        ObjectNode view = Json.MAPPER.createObjectNode();
        view.put("job_id", id).put("state", state).put("assigned_miner_id", miner);
        view.put("requested_at", "2026-11-22T11:35:24.490314Z").put("expires_at", "2026-11-22T11:50:24.490314Z");
        view.put("error", error).put("payment_id", livePaymentStatus == null ? null : "pay" + id);
        view.put("payment_status", paymentStatus);
        view.set("payload", submission.path("payload"));
        if (result == null) {
            view.putNull("result");
        } else {
            view.set("result", Json.MAPPER.readTree(result));
        }
        return view.toString();
    }

    String payment() {
        return """
                {"job_id":"%s","payment_id":"pay%s","amount":"%s","currency":"AITBC","status":"%s","transaction_hash":%s}""".formatted(
                        id,
                        id,
                        submission.path("payment_amount").decimalValue().setScale(8),
                        livePaymentStatus,
                        transactionHash == null ? "null" : "\"" + transactionHash + "\"");
    }
}
