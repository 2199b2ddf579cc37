package io.muster.desk.roster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.access.Action;
import io.muster.core.access.Scope;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.roster.OneTimeToken;
import io.muster.core.roster.Registered;
import io.muster.core.roster.Tenant;
import io.muster.core.roster.TokenId;
import io.muster.core.roster.Tokens;
import io.muster.desk.exchange.Admitted;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Cursor;
import io.muster.desk.exchange.Form;
import io.muster.desk.exchange.IsoDuration;
import io.muster.desk.exchange.Pages;
import io.muster.desk.exchange.Reply;
import io.muster.desk.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// One-time tokens of a tenant: make, list, revoke. A token's text is in the answer to its making and in no other.
public final class TokenOperations {

    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(1);

    private final Tokens tokens;
    private final TenantOperations tenants;
    private final Territory territory;
    private final InstantSource clock;

    public TokenOperations(Tokens tokens, TenantOperations tenants, Territory territory, InstantSource clock) {
        this.tokens = tokens;
        this.tenants = tenants;
        this.territory = territory;
        this.clock = clock;
    }

    public Reply create(Call call) {
        return tenants.with(call, tenant -> order(tenant, call.body())
                .reply(order -> territory.covers(call.principal().scope(), tenant.name(), order.enrollment())
                        ? make(call, tenant, order)
                        : Admitted.forbidden(call.principal(), Action.MAKE_TOKEN)));
    }

    public Reply list(Call call) {
        return tenants.with(call, tenant -> Cursor.read(call)
                .then(after -> after.isEmpty() || TokenId.parse(after.get()).isPresent()
                        ? Form.of(after.flatMap(TokenId::parse))
                        : Cursor.<Optional<TokenId>>malformed())
                .reply(after -> page(call, tenant, after)));
    }

    public Reply revoke(Call call) {
        String id = call.named("token");
        return tenants.with(call, tenant -> TokenId.parse(id)
                .filter(token -> inSight(call, tenant, token))
                .map(token -> tokens.revoke(tenant.name(), token, call.warrant()))
                .filter(answer -> !(answer instanceof Registered.Missing<OneTimeToken>))
                .map(answer -> Answered.by(answer, token -> Reply.ok(show(token))))
                .orElseGet(() -> Reply.refused(Problem.missing(
                        "token",
                        id,
                        "It is named by its number, not by its text. List them with: muster token list --tenant "
                                + tenant.name()))));
    }

    private Form<Tokens.Order> order(Tenant tenant, JsonNode body) {
        String id = body.path("registrationId").asText();
        Form<RegistrationId> device = RegistrationId.parse(id)
                .<Form<RegistrationId>>map(Form::of)
                .orElseGet(() -> Form.faulty(
                        "/registrationId",
                        "The registration id is not one.",
                        "Use 1 to 128 characters of A-Z, a-z, 0-9, '.', '_', ':' and '-', not ending in a dot."));
        return device.then(registrationId -> expiresAt(body)
                .map(expiresAt -> new Tokens.Order(
                        tenant.name(),
                        new Name(body.path("enrollment").asText()),
                        registrationId,
                        body.path("uses").asInt(1),
                        expiresAt)));
    }

    private Form<Instant> expiresAt(JsonNode body) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return body.has("expiresAfter")
                ? IsoDuration.read(
                                body.path("expiresAfter").asText(),
                                "/expiresAfter",
                                SHORTEST_LIFE,
                                OneTimeToken.MAX_LIFE)
                        .map(now::plus)
                : Form.of(now.plus(OneTimeToken.STANDARD_LIFE));
    }

    private Reply make(Call call, Tenant tenant, Tokens.Order order) {
        return Answered.by(
                tokens.make(order, call.warrant()),
                made -> Reply.created("/api/v1/tenants/" + tenant.name() + "/tokens", showMade(call, made)));
    }

    private boolean inSight(Call call, Tenant tenant, TokenId id) {
        Scope scope = call.principal().scope();
        return !scope.narrowed()
                || tokens.find(tenant.name(), id)
                        .filter(token -> territory.covers(scope, tenant.name(), token.enrollment()))
                        .isPresent();
    }

    private Reply page(Call call, Tenant tenant, Optional<TokenId> after) {
        int limit = call.limit();
        Scope scope = call.principal().scope();
        List<OneTimeToken> items = tokens.list(tenant.name(), scope, after, limit);
        boolean more = items.size() == limit
                && !tokens.list(
                                tenant.name(),
                                scope,
                                Optional.of(items.getLast().id()),
                                1)
                        .isEmpty();
        Optional<String> next = more ? Optional.of(items.getLast().id().toString()) : Optional.empty();
        return Pages.of(items, next, this::show);
    }

    private static ObjectNode showMade(Call call, Tokens.Made made) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", made.token().id().toString());
        if (!call.dryRun()) {
            json.put("token", new String(made.text().reveal(), StandardCharsets.US_ASCII));
        }
        return json.put("registrationId", made.token().registrationId().display())
                .put("enrollment", made.token().enrollment().value())
                .put("uses", made.token().uses())
                .put("expiresAt", made.token().expiresAt().toString());
    }

    private ObjectNode show(OneTimeToken token) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", token.id().toString())
                .put("registrationId", token.registrationId().display())
                .put("enrollment", token.enrollment().value())
                .put("state", state(token))
                .put("uses", token.uses())
                .put("spent", token.spent())
                .put("createdAt", token.createdAt().toString())
                .put("expiresAt", token.expiresAt().toString());
    }

    /// What keeps another key from using it, the strongest first.
    private String state(OneTimeToken token) {
        if (token.revoked()) {
            return "revoked";
        }
        if (token.spent() >= token.uses()) {
            return "spent";
        }
        if (!clock.instant().isBefore(token.expiresAt())) {
            return "expired";
        }
        return token.spent() > 0 ? "used" : "unused";
    }
}
