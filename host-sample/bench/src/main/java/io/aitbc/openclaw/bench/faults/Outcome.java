package io.aitbc.openclaw.bench.faults;

/** What a client has to see. */
sealed interface Outcome {
    /** A whole and right answer, from this provider. */
    record Answered(String provider) implements Outcome {
        @Override
        public boolean matches(Reply reply) {
            return reply.status() == 200
                    && reply.done()
                    && reply.error().isEmpty()
                    && reply.provider().equals(provider)
                    && Stage.isRight(provider, reply.text());
        }

        @Override
        public String text() {
            return "whole answer from " + provider;
        }
    }

    /** An error instead of an answer. */
    record Refused(int status, String part) implements Outcome {
        @Override
        public boolean matches(Reply reply) {
            return reply.status() == status
                    && !reply.done()
                    && reply.text().isEmpty()
                    && reply.error().contains(part);
        }

        @Override
        public String text() {
            return "%d \"…%s…\"".formatted(status, part);
        }
    }

    /** A part of an answer and one error line; never {@code done}. */
    record CutOff(String part) implements Outcome {
        @Override
        public boolean matches(Reply reply) {
            return reply.status() == 200
                    && !reply.done()
                    && !reply.text().isEmpty()
                    && reply.error().contains(part);
        }

        @Override
        public String text() {
            return "part of the answer, then one error line \"…%s…\", no done".formatted(part);
        }
    }

    /** The client left, and the work behind it stopped. */
    record Stopped(String what) implements Outcome {
        @Override
        public boolean matches(Reply reply) {
            return reply.stopped();
        }

        @Override
        public String text() {
            return what;
        }
    }

    boolean matches(Reply reply);

    /** For people. */
    String text();
}
