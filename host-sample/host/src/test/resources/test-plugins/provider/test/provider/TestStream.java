package test.provider;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.FinishReason;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.Usage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;

/** Says its version a few times. */
final class TestStream implements InferenceStream {
    private final String behaviour;
    private final CountDownLatch closed = new CountDownLatch(1);
    private int said;

    TestStream(String behaviour) {
        this.behaviour = behaviour;
    }

    @Override
    public InferenceEvent next() {
        if (closed.getCount() == 0) {
            throw new OpenClawException(ErrorCode.CANCELED, "closed");
        }
        if (said++ < 5) {
            return new InferenceEvent.Text(TestProvider.VERSION);
        }
        return switch (behaviour) {
            case "whole" -> FinishedLate.event();
            case "hang" -> hang(false);
            case "deaf" -> hang(true);
            default -> throw new IllegalStateException("secret " + behaviour);
        };
    }

    /** Until it is closed; a deaf one does not even notice that, only an interrupt. */
    private InferenceEvent hang(boolean deaf) {
        try {
            (deaf ? new CountDownLatch(1) : closed).await();
        } catch (InterruptedException e) {
            throw new OpenClawException(ErrorCode.CANCELED, "interrupted");
        }
        throw new OpenClawException(ErrorCode.CANCELED, "closed");
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private static final class FinishedLate {
        static InferenceEvent event() {
            return new InferenceEvent.Finished(
                    FinishReason.values()[0],
                    new Usage(
                            OptionalInt.empty(),
                            OptionalInt.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()),
                    List.of(),
                    Optional.empty(),
                    Optional.empty());
        }
    }
}
