package io.aitbc.openclaw.marketplace;

import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.network.ComputeNetwork;
import io.aitbc.openclaw.api.network.Marketplace;
import io.aitbc.openclaw.api.network.Offer;
import io.aitbc.openclaw.api.network.OfferQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks all networks at once and waits for each until the same deadline. */
final class OfferMarketplace implements Marketplace {
    private static final Logger LOG = LoggerFactory.getLogger(OfferMarketplace.class);

    private final Extensions extensions;
    private final ExecutorService executor;
    private final Duration timeout;

    OfferMarketplace(Extensions extensions, ExecutorService executor, Duration timeout) {
        this.extensions = extensions;
        this.executor = executor;
        this.timeout = timeout;
    }

    @Override
    public String id() {
        return "marketplace";
    }

    /** @param answer the network's offers to come */
    private record Inquiry(String network, Future<List<Offer>> answer) {}

    @Override
    public Listing offers(OfferQuery query) {
        List<Inquiry> inquiries = extensions.all(ComputeNetwork.class).stream()
                .map(network -> new Inquiry(network.id(), executor.submit(() -> network.offers(query))))
                .toList();
        long deadline = System.nanoTime() + timeout.toNanos();
        List<Offer> offers = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (Inquiry inquiry : inquiries) {
            collect(inquiry, deadline, offers, failures);
        }
        List<Offer> fitting = offers.stream()
                .filter(offer -> OfferFilter.fits(offer, query))
                .sorted(OfferFilter.CHEAPEST_FIRST)
                .limit(query.limit())
                .toList();
        return new Listing(fitting, failures);
    }

    private void collect(Inquiry inquiry, long deadline, List<Offer> offers, List<String> failures) {
        try {
            offers.addAll(inquiry.answer().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            failures.add("%s: no answer within %d ms".formatted(inquiry.network(), timeout.toMillis()));
        } catch (ExecutionException e) {
            failures.add(inquiry.network() + ": " + reason(inquiry.network(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failures.add(inquiry.network() + ": the question was interrupted");
        } finally {
            inquiry.answer().cancel(true);
        }
    }

    private static String reason(String network, ExecutionException failure) {
        if (failure.getCause() instanceof OpenClawException known) {
            return known.getMessage();
        }
        LOG.atWarn().addKeyValue("network", network).setCause(failure).log("offers failed unexpectedly");
        return "failed unexpectedly";
    }
}
