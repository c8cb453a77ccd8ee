package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.provider.CatalogueBuilder.Catalogue;
import io.aitbc.openclaw.provider.coordinator.SoftwareOffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models on offer, kept in memory and refreshed in the background. Offers that could not be refreshed for ten intervals
 * are not served any more: nobody knows whether they still stand.
 */
final class OfferCatalogue {
    private static final Logger log = LoggerFactory.getLogger(OfferCatalogue.class);
    private static final int INTERVALS_KEPT = 10;

    private final Supplier<List<SoftwareOffer>> source;
    private final CatalogueBuilder builder;
    private final Duration refresh;
    private final InstantSource clock;
    private final ReentrantLock loading = new ReentrantLock();
    private volatile @Nullable Snapshot snapshot;
    private volatile @Nullable Failure failure;

    private record Snapshot(Catalogue catalogue, Instant readAt) {}

    private record Failure(OpenClawException cause, Instant at) {}

    OfferCatalogue(
            Supplier<List<SoftwareOffer>> source, CatalogueBuilder builder, Duration refresh, InstantSource clock) {
        this.source = source;
        this.builder = builder;
        this.refresh = refresh;
        this.clock = clock;
    }

    /**
     * From memory; asks the network only when nothing was ever read or what was read has expired.
     *
     * @throws OpenClawException when nothing was ever read
     */
    Catalogue current() {
        Snapshot known = snapshot;
        if (known != null && fresh(known)) {
            return known.catalogue();
        }
        loading.lock();
        try {
            known = snapshot;
            if (known != null && fresh(known)) {
                return known.catalogue();
            }
            Failure last = failure;
            if (last == null || clock.instant().isAfter(last.at().plus(refresh))) {
                return load();
            }
            throw last.cause();
        } catch (OpenClawException e) {
            if (known == null) {
                throw e;
            }
            return Catalogue.EMPTY;
        } finally {
            loading.unlock();
        }
    }

    /** Reads the offers now; what is known stays when that fails. For the background. */
    void refresh() {
        loading.lock();
        try {
            load();
        } catch (OpenClawException e) {
            if (e.code() != ErrorCode.CANCELED) {
                log.atWarn().addKeyValue("reason", e.getMessage()).log("aitbc offers not refreshed");
            }
        } finally {
            loading.unlock();
        }
    }

    private Catalogue load() {
        try {
            Snapshot fresh = new Snapshot(builder.build(source.get()), clock.instant());
            snapshot = fresh;
            failure = null;
            return fresh.catalogue();
        } catch (OpenClawException e) {
            failure = new Failure(e, clock.instant());
            throw e;
        }
    }

    private boolean fresh(Snapshot known) {
        return clock.instant().isBefore(known.readAt().plus(refresh.multipliedBy(INTERVALS_KEPT)));
    }
}
