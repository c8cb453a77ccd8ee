package io.aitbc.openclaw.zk.bn254;

/** Long computations stop when their thread is interrupted. */
final class Interruption {
    private Interruption() {}

    static void check() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the computation was stopped");
        }
    }
}
