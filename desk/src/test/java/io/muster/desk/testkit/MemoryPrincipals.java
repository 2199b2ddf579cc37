package io.muster.desk.testkit;

import io.muster.core.access.AccessKey;
import io.muster.core.access.KeyId;
import io.muster.core.access.KeyText;
import io.muster.core.access.Principals;
import io.muster.core.access.ProvedBy;
import io.muster.core.access.Role;
import io.muster.core.access.Scope;
import io.muster.core.access.SharedAccessSignature;
import io.muster.core.access.Warrant;
import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Keys in memory, with the rules that their port promises.
public final class MemoryPrincipals implements Principals {

    private record Held(AccessKey key, Optional<Bytes> verifier, Optional<Held> before) {}

    private final InstantSource clock;
    private final Map<String, Held> byId = new TreeMap<>();
    private int made;

    MemoryPrincipals(InstantSource clock) {
        this.clock = clock;
    }

    /// The text of a new key that never expires.
    public String key(Role role, Scope scope) {
        Order order = new Order("a " + role, new ProvedBy.ApiKey(), role, scope, Optional.empty());
        if (make(order, Warrant.of("test")) instanceof Answer.Done done) {
            return new String(done.text().orElseThrow().reveal(), StandardCharsets.US_ASCII);
        }
        throw new IllegalStateException("not made");
    }

    @Override
    public synchronized Optional<AccessKey> byText(KeyText text, Instant now) {
        return Optional.ofNullable(byId.get(text.id().value()))
                .filter(held -> matches(held, text, now))
                .map(Held::key);
    }

    private static boolean matches(Held held, KeyText text, Instant now) {
        boolean overlaps = held.key().overlapUntil().filter(now::isBefore).isPresent();
        return held.verifier().filter(text.verifier()::equals).isPresent()
                || (overlaps
                        && held.before()
                                .flatMap(Held::verifier)
                                .filter(text.verifier()::equals)
                                .isPresent());
    }

    @Override
    public synchronized Optional<AccessKey> byCertificate(
            String keyFingerprint, String certificateFingerprint, Instant now) {
        return byId.values().stream()
                .map(Held::key)
                .filter(key -> key.provedBy().equals(new ProvedBy.ClientKey(keyFingerprint))
                        || key.provedBy().equals(new ProvedBy.ClientCertificate(certificateFingerprint)))
                .findFirst();
    }

    @Override
    public synchronized Optional<AccessKey> bySignature(SharedAccessSignature signature, Instant now) {
        return byId.values().stream()
                .filter(held -> held.key().provedBy() instanceof ProvedBy.SharedAccess)
                .filter(held -> held.key().name().equals(signature.policy()))
                .filter(held -> signature.tenant().isEmpty()
                        || held.key().scope().tenant().equals(signature.tenant()))
                .filter(held ->
                        held.verifier().filter(key -> madeWith(key, signature)).isPresent())
                .map(Held::key)
                .findFirst();
    }

    private static boolean madeWith(Bytes key, SharedAccessSignature signature) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.toArray(), "HmacSHA256"));
            return Bytes.of(mac.doFinal(signature.signed().getBytes(StandardCharsets.UTF_8)))
                    .equals(signature.signature());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized Answer make(Order order, Warrant warrant) {
        boolean taken = !(order.provedBy() instanceof ProvedBy.ApiKey)
                && !(order.provedBy() instanceof ProvedBy.SharedAccess)
                && byId.values().stream()
                        .anyMatch(held -> held.key().provedBy().equals(order.provedBy())
                                && !held.key().revoked());
        if (taken) {
            return new Answer.Taken();
        }
        made++;
        KeyId id = new KeyId("%016d".formatted(made));
        AccessKey key = new AccessKey(
                id,
                order.name(),
                order.provedBy(),
                order.role(),
                order.scope(),
                warrant.actor(),
                clock.instant(),
                order.expiresAt(),
                Optional.empty(),
                Optional.empty(),
                false,
                1);
        return kept(key, text(key, made), Optional.empty(), warrant);
    }

    @Override
    public synchronized Optional<AccessKey> find(Optional<Name> tenant, KeyId id) {
        return Optional.ofNullable(byId.get(id.value()))
                .map(Held::key)
                .filter(key -> key.scope().tenant().equals(tenant));
    }

    @Override
    public synchronized List<AccessKey> list(Optional<Name> tenant, Optional<KeyId> after, int limit) {
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("The port's limit is 1 to 1000, not " + limit);
        }
        return byId.values().stream()
                .map(Held::key)
                .filter(key -> key.scope().tenant().equals(tenant))
                .filter(key -> after.isEmpty()
                        || key.id().value().compareTo(after.get().value()) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Answer rotate(AccessKey present, Rotation rotation, Warrant warrant) {
        AccessKey rotated = new AccessKey(
                present.id(),
                present.name(),
                rotation.provedBy(),
                present.role(),
                present.scope(),
                present.madeBy(),
                present.createdAt(),
                rotation.expiresAt(),
                present.lastUsed(),
                Optional.of(rotation.overlapUntil()),
                false,
                present.version() + 1);
        Held before = byId.get(present.id().value());
        return kept(rotated, text(rotated, 1000 + present.version()), Optional.ofNullable(before), warrant);
    }

    @Override
    public synchronized Answer revoke(AccessKey present, Warrant warrant) {
        AccessKey revoked = new AccessKey(
                present.id(),
                present.name(),
                present.provedBy(),
                present.role(),
                present.scope(),
                present.madeBy(),
                present.createdAt(),
                present.expiresAt(),
                present.lastUsed(),
                Optional.empty(),
                true,
                present.revoked() ? present.version() : present.version() + 1);
        if (!warrant.dryRun()) {
            byId.computeIfPresent(
                    present.id().value(), (id, held) -> new Held(revoked, held.verifier(), Optional.empty()));
        }
        return new Answer.Done(revoked, Optional.empty());
    }

    @Override
    public synchronized void used(KeyId id, Instant at) {
        byId.computeIfPresent(id.value(), (_, held) -> {
            AccessKey key = held.key();
            AccessKey noted = new AccessKey(
                    key.id(),
                    key.name(),
                    key.provedBy(),
                    key.role(),
                    key.scope(),
                    key.madeBy(),
                    key.createdAt(),
                    key.expiresAt(),
                    Optional.of(at),
                    key.overlapUntil(),
                    key.revoked(),
                    key.version());
            return new Held(noted, held.verifier(), held.before());
        });
    }

    private Answer kept(AccessKey key, Optional<KeyText> text, Optional<Held> before, Warrant warrant) {
        if (warrant.dryRun()) {
            return new Answer.Done(key, Optional.empty());
        }
        if (key.provedBy() instanceof ProvedBy.SharedAccess) {
            Bytes made = Bytes.of(("the key of policy " + key.name() + key.version()).getBytes(StandardCharsets.UTF_8));
            byId.put(key.id().value(), new Held(key, Optional.of(made), before));
            return new Answer.Done(
                    key, Optional.of(Secret.of(Base64.getEncoder().encode(made.toArray()))));
        }
        byId.put(key.id().value(), new Held(key, text.map(KeyText::verifier), before));
        return new Answer.Done(key, text.map(KeyText::secret));
    }

    private static Optional<KeyText> text(AccessKey key, int number) {
        byte[] chance = new byte[KeyText.CHANCE_BYTES];
        chance[0] = (byte) (number >> 8);
        chance[1] = (byte) number;
        return key.provedBy() instanceof ProvedBy.ApiKey ? Optional.of(KeyText.of(key.id(), chance)) : Optional.empty();
    }
}
