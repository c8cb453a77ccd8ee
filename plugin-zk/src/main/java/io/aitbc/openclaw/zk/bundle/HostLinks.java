package io.aitbc.openclaw.zk.bundle;

import io.aitbc.openclaw.api.proof.BundlePolicy;
import io.aitbc.openclaw.api.proof.LinkVerdict;
import io.aitbc.openclaw.zk.ed25519.Ed25519Checker;
import io.aitbc.openclaw.zk.ed25519.Ed25519Signature;
import io.aitbc.openclaw.zk.json.CanonicalJson;
import io.aitbc.openclaw.zk.log.Checkpoint;
import io.aitbc.openclaw.zk.log.MerkleProofs;
import java.util.Base64;
import java.util.Optional;

/** What the host signed in one bundle, under one policy. */
final class HostLinks {
    private final Bundle bundle;
    private final BundlePolicy policy;
    private final Ed25519Checker checker;
    private final Optional<byte[]> publicKey;
    private final Optional<Checkpoint> checkpoint;

    HostLinks(Bundle bundle, BundlePolicy policy, Ed25519Checker checker) {
        this.bundle = bundle;
        this.policy = policy;
        this.checker = checker;
        // Trusted under the one spelling that a key has, so it can be decoded.
        this.publicKey = Optional.of(bundle.hostKey())
                .filter(key -> ChainForms.isKey(key) && policy.hostKeys().contains(key))
                .map(Base64.getUrlDecoder()::decode);
        this.checkpoint = publicKey.flatMap(key -> Checkpoint.verified(bundle.checkpoint(), key));
    }

    private String untrusted() {
        return "host key %s is not trusted".formatted(Links.shown(bundle.hostKey()));
    }

    private Optional<String> unsigned(String domain, Bundle.Signed signed) {
        if (!signed.text("host_key").equals(bundle.hostKey())) {
            return Optional.of("it is signed by another host than the bundle names");
        }
        if (publicKey.isEmpty()) {
            return Optional.of(untrusted());
        }
        Ed25519Signature signature = new Ed25519Signature(bundle.hostKey(), publicKey.get(), signed.signature());
        return checker.holds(signature, ChainForms.bytes(domain, signed.statement()))
                ? Optional.empty()
                : Optional.of("the signature does not hold for host key " + bundle.hostKey());
    }

    LinkVerdict local() {
        return unsigned(ChainForms.LOCAL, bundle.local())
                .or(this::notAboutIt)
                .map(fault -> Links.fails(Links.LOCAL, fault))
                .orElseGet(() -> Links.holds(Links.LOCAL, "signed by trusted host key " + bundle.hostKey()));
    }

    private Optional<String> notAboutIt() {
        return policy.about()
                .filter(id -> !(id.startsWith(BundlePolicy.REQUEST)
                        ? id.equals(bundle.local().text("request"))
                        : bundle.local().find("job").equals(Optional.of(id))))
                .map(id -> "it is about another job or request than %s".formatted(Links.shown(id)));
    }

    LinkVerdict link() {
        return unsigned(ChainForms.LINK, bundle.link())
                .or(this::tornApart)
                .map(fault -> Links.fails(Links.LINK, fault))
                .orElseGet(() -> Links.holds(Links.LINK, "statement and receipt belong together"));
    }

    private Optional<String> tornApart() {
        Bundle.Signed link = bundle.link();
        if (!link.text("local_sha256")
                .equals(ChainForms.localHash(bundle.local().whole()))) {
            return Optional.of("it is about another statement of the host");
        }
        if (!link.find("receipt_sha256").equals(bundle.receipt().map(ChainForms::receiptHash))) {
            return Optional.of("it is about another receipt");
        }
        boolean same = link.text("request").equals(bundle.local().text("request"))
                && link.find("job").equals(bundle.local().find("job"));
        return same ? Optional.empty() : Optional.of("it is about another request or job");
    }

    LinkVerdict log() {
        if (checkpoint.isEmpty()) {
            return withoutCheckpoint(Links.LOG);
        }
        Checkpoint now = checkpoint.get();
        byte[] leaf = CanonicalJson.of(bundle.link().whole());
        return new MerkleProofs().included(leaf, bundle.index(), now.size(), bundle.path(), now.root())
                ? Links.holds(Links.LOG, "entry %d of %d in the host's log".formatted(bundle.index(), now.size()))
                : Links.fails(Links.LOG, "it is not entry %d of the log in the checkpoint".formatted(bundle.index()));
    }

    LinkVerdict checkpoint() {
        return checkpoint
                .map(it -> Links.holds(Links.CHECKPOINT, "signed by the host for log " + it.origin()))
                .orElseGet(() -> Links.fails(
                        Links.CHECKPOINT,
                        publicKey.isPresent() ? "it is not signed by host key " + bundle.hostKey() : untrusted()));
    }

    /** Empty when neither the bundle nor the policy knows an earlier checkpoint. */
    Optional<LinkVerdict> consistency() {
        if (bundle.growth().isEmpty() && policy.keptCheckpoint().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(checkpoint
                .map(now -> new LogGrowth(bundle.hostKey()).verdict(policy.keptCheckpoint(), bundle.growth(), now))
                .orElseGet(() -> withoutCheckpoint(Links.CONSISTENCY)));
    }

    private static LinkVerdict withoutCheckpoint(String link) {
        return Links.fails(link, "there is no trusted checkpoint to check it against");
    }
}
