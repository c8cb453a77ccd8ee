package io.aitbc.openclaw.bench.outbox;

import java.util.random.RandomGenerator;

/**
 * How often, of 1,000 requests, the network fails in which way.
 *
 * @param cut the connection ends before the request is read
 * @param hung the request is swallowed, and nothing comes back
 * @param answerLost the request is obeyed, and its answer is lost
 */
record NetworkWeather(int cut, int hung, int answerLost) {
    static final NetworkWeather FAIR = new NetworkWeather(0, 0, 0);
    static final NetworkWeather STORM = new NetworkWeather(40, 8, 40);

    /** What becomes of a request. */
    enum Fate {
        ANSWERED,
        CUT,
        HUNG,
        ANSWER_LOST
    }

    Fate next(RandomGenerator random) {
        int drawn = random.nextInt(1000);
        if (drawn < cut) {
            return Fate.CUT;
        } else if (drawn < cut + hung) {
            return Fate.HUNG;
        }
        return drawn < cut + hung + answerLost ? Fate.ANSWER_LOST : Fate.ANSWERED;
    }
}
