package io.muster.desk.testkit;

import io.muster.core.access.Scope;
import io.muster.core.access.Warrant;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import io.muster.core.roster.OneTimeToken;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Registered;
import io.muster.core.roster.Registrar;
import io.muster.core.roster.TokenId;
import io.muster.core.roster.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// One-time tokens in memory, with the rules that their port promises. The text of the first is `token-1`.
public final class MemoryTokens implements Tokens {

    private final Registrar registrar;
    private final InstantSource clock;
    private final List<OneTimeToken> tokens = new ArrayList<>();

    MemoryTokens(Registrar registrar, InstantSource clock) {
        this.registrar = registrar;
        this.clock = clock;
    }

    @Override
    public Optional<Found> find(Name tenant, String text, IdentityKey key) {
        throw new UnsupportedOperationException("Devices knock elsewhere");
    }

    @Override
    public synchronized Registered<Made> make(Order order, Warrant warrant) {
        boolean takes = registrar
                .enrollment(order.tenant(), order.enrollment())
                .filter(enrollment -> enrollment.proof() instanceof Proof.OneTimeTokens)
                .isPresent();
        if (!takes) {
            return new Registered.Missing<>("enrollment " + order.enrollment() + " that takes tokens");
        }
        OneTimeToken token = new OneTimeToken(
                new TokenId(new UUID(7, tokens.size() + 1L)),
                order.tenant(),
                order.enrollment(),
                order.registrationId(),
                order.uses(),
                0,
                false,
                clock.instant(),
                order.expiresAt());
        if (!warrant.dryRun()) {
            tokens.add(token);
        }
        byte[] text = ("token-" + tokens.size()).getBytes(StandardCharsets.US_ASCII);
        return new Registered.Done<>(new Made(token, Secret.of(text)));
    }

    @Override
    public synchronized List<OneTimeToken> list(Name tenant, Scope scope, Optional<TokenId> after, int limit) {
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("The port's limit is 1 to 1000, not " + limit);
        }
        return tokens.stream()
                .filter(token -> token.tenant().equals(tenant) && scope.coversEnrollment(token.enrollment()))
                .filter(token -> after.isEmpty()
                        || token.id().value().compareTo(after.get().value()) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<OneTimeToken> find(Name tenant, TokenId id) {
        return tokens.stream()
                .filter(token -> token.tenant().equals(tenant) && token.id().equals(id))
                .findFirst();
    }

    @Override
    public synchronized Registered<OneTimeToken> revoke(Name tenant, TokenId id, Warrant warrant) {
        return tokens.stream()
                .filter(token -> token.tenant().equals(tenant) && token.id().equals(id))
                .findFirst()
                .<Registered<OneTimeToken>>map(
                        token -> new Registered.Done<>(replaced(token, token.spent(), true, warrant)))
                .orElseGet(() -> new Registered.Missing<>("token " + id));
    }

    /// So many keys have used the token of that number.
    public synchronized void spend(String id, int keys) {
        OneTimeToken token = tokens.stream()
                .filter(one -> one.id().toString().equals(id))
                .findFirst()
                .orElseThrow();
        replaced(token, keys, token.revoked(), Warrant.of("test"));
    }

    public synchronized void clear() {
        tokens.clear();
    }

    private OneTimeToken replaced(OneTimeToken token, int spent, boolean revoked, Warrant warrant) {
        OneTimeToken changed = new OneTimeToken(
                token.id(),
                token.tenant(),
                token.enrollment(),
                token.registrationId(),
                token.uses(),
                spent,
                revoked,
                token.createdAt(),
                token.expiresAt());
        if (!warrant.dryRun()) {
            tokens.set(tokens.indexOf(token), changed);
        }
        return changed;
    }
}
