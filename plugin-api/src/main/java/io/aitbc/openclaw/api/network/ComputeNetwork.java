package io.aitbc.openclaw.api.network;

import io.aitbc.openclaw.api.Extension;
import java.util.List;

/** A network that sells compute. */
public interface ComputeNetwork extends Extension {
    /** Asks the network now; never fails, a failure is in the status. */
    NetworkStatus status();

    /** Reads the offers now, cheapest first within a unit. */
    List<Offer> offers(OfferQuery query);

    /**
     * Our jobs, newest first.
     *
     * @param limit most rows, 1 to 1000
     */
    List<JobSummary> jobs(int limit);

    /** What the network says its coin is worth now; empty when it says nothing. */
    List<ExchangeRate> rates();

    /** Agents that are registered now, by id; empty when the network has no registry. */
    List<Agent> agents(AgentQuery query);
}
