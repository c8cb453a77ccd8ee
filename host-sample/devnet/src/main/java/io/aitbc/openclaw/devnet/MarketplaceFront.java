package io.aitbc.openclaw.devnet;

/** The marketplace service on its socket, which it may refuse to use. */
record MarketplaceFront(Marketplace marketplace, QuirkBoard quirks) implements HttpListener.Service {
    @Override
    public HttpListener.Reply reply(ApiRequest request) {
        if (quirks.take(Quirk.MARKETPLACE_DOWN)) {
            return HttpListener.Reply.reset();
        }
        if (quirks.take(Quirk.MARKETPLACE_LIMITED)) {
            return HttpListener.Reply.whole(
                    Marketplace.error(429, "Marketplace rate limit exceeded").withHeader("Retry-After", "60"));
        }
        return HttpListener.Reply.whole(marketplace.handle(request));
    }
}
