package io.aitbc.openclaw.devnet;

/** The marketplace service on its socket, which it may refuse to use. */
record MarketplaceFront(Marketplace marketplace, QuirkBoard quirks) implements HttpListener.Service {
    @Override
    public HttpListener.Reply reply(ApiRequest request) {
        return quirks.take(Quirk.MARKETPLACE_DOWN)
                ? HttpListener.Reply.reset()
                : HttpListener.Reply.whole(marketplace.handle(request));
    }
}
