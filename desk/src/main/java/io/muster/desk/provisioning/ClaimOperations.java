package io.muster.desk.provisioning;

import io.muster.core.access.Action;
import io.muster.core.access.Principal;
import io.muster.core.access.Scope;
import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.issuance.ClaimCredentials;
import io.muster.core.roster.AnchorReader;
import io.muster.core.roster.Claim;
import io.muster.core.roster.Claims;
import io.muster.core.roster.Tenant;
import io.muster.desk.exchange.Admitted;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Cursor;
import io.muster.desk.exchange.Form;
import io.muster.desk.exchange.Pages;
import io.muster.desk.exchange.Reply;
import io.muster.desk.problem.Problem;
import io.muster.desk.problem.ProblemKind;
import io.muster.desk.roster.Answered;
import io.muster.desk.roster.TenantOperations;
import io.muster.desk.roster.Territory;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// Claims of a tenant: upload, make for a trusted user, list, show, revoke.
public final class ClaimOperations {

    private static final int REHEARSED_BYTES = 32;

    private final Claims claims;
    private final ClaimCredentials credentials;
    private final ClaimForm form;
    private final TenantOperations tenants;
    private final Territory territory;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public ClaimOperations(
            Claims claims,
            ClaimCredentials credentials,
            AnchorReader reader,
            TenantOperations tenants,
            Territory territory,
            InstantSource clock) {
        this.claims = claims;
        this.credentials = credentials;
        this.form = new ClaimForm(reader, clock);
        this.tenants = tenants;
        this.territory = territory;
        this.clock = clock;
    }

    public Reply create(Call call) {
        return tenants.with(
                call, tenant -> form.read(tenant.name(), call.body()).reply(asked -> switch (asked) {
                    case ClaimForm.Asked.Uploaded it ->
                        permitted(call, tenant, Action.CHANGE_CLAIM, it.enrollment())
                                ? upload(call, it.order())
                                : Admitted.forbidden(call.principal(), Action.CHANGE_CLAIM);
                    case ClaimForm.Asked.TrustedUser it ->
                        permitted(call, tenant, Action.MAKE_TRUSTED_CLAIM, it.enrollment())
                                ? trust(call, tenant, it)
                                : Admitted.forbidden(call.principal(), Action.MAKE_TRUSTED_CLAIM);
                }));
    }

    private boolean permitted(Call call, Tenant tenant, Action action, Name enrollment) {
        Principal principal = call.principal();
        return principal.role().allows(action) && territory.covers(principal.scope(), tenant.name(), enrollment);
    }

    private Reply upload(Call call, Claims.Order order) {
        return Answered.by(
                claims.make(order, call.warrant()),
                claim -> Reply.created(location(claim), ClaimJson.show(claim, clock.instant())));
    }

    /// Nothing is signed in a dry run: of a key that nobody will ever have there is no certificate.
    private Reply trust(Call call, Tenant tenant, ClaimForm.Asked.TrustedUser asked) {
        if (call.dryRun()) {
            byte[] chance = new byte[REHEARSED_BYTES];
            random.nextBytes(chance);
            return upload(
                    call,
                    new Claims.Order(
                            tenant.name(),
                            asked.name(),
                            asked.enrollment(),
                            Bytes.of(chance),
                            asked.budget(),
                            clock.instant().plus(Claim.TRUSTED_USER_LIFE)));
        }
        return switch (credentials.make(tenant.name(), asked.name())) {
            case ClaimCredentials.Made.Done made -> handOver(call, tenant, asked, made);
            case ClaimCredentials.Made.Refused it -> {
                var words = io.muster.core.door.Problem.of(it.refusal());
                yield Reply.refused(Problem.of(ProblemKind.NOT_POSSIBLE, words.detail(), words.remedy()));
            }
        };
    }

    /// What is signed leaves when the claim is durable, or never.
    private Reply handOver(
            Call call, Tenant tenant, ClaimForm.Asked.TrustedUser asked, ClaimCredentials.Made.Done made) {
        Claims.Order order = new Claims.Order(
                tenant.name(), asked.name(), asked.enrollment(), made.certificate(), asked.budget(), made.notAfter());
        return Answered.by(
                claims.make(order, call.warrant()),
                claim -> Reply.created(location(claim), ClaimJson.show(claim, made, clock.instant())));
    }

    private static String location(Claim claim) {
        return "/api/v1/tenants/" + claim.tenant() + "/claims/" + claim.name();
    }

    public Reply list(Call call) {
        return tenants.with(call, tenant -> Cursor.read(call)
                .then(after -> after.isEmpty() || Name.parse(after.get()).isPresent()
                        ? Form.of(after.flatMap(Name::parse))
                        : Cursor.<Optional<Name>>malformed())
                .reply(after -> page(call, tenant, after)));
    }

    private Reply page(Call call, Tenant tenant, Optional<Name> after) {
        int limit = call.limit();
        Scope scope = call.principal().scope();
        List<Claim> items = claims.list(tenant.name(), scope, after, limit);
        boolean more = items.size() == limit
                && !claims.list(
                                tenant.name(),
                                scope,
                                Optional.of(items.getLast().name()),
                                1)
                        .isEmpty();
        Optional<String> next = more ? Optional.of(items.getLast().name().value()) : Optional.empty();
        return Pages.of(items, next, claim -> ClaimJson.show(claim, clock.instant()));
    }

    public Reply get(Call call) {
        return with(call, (_, claim) -> Reply.ok(ClaimJson.show(claim, clock.instant())));
    }

    public Reply revoke(Call call) {
        return with(
                call,
                (tenant, claim) -> territory.covers(call.principal().scope(), tenant.name(), claim.enrollment())
                        ? Answered.by(
                                claims.revoke(tenant.name(), claim.name(), call.warrant()),
                                revoked -> Reply.ok(ClaimJson.show(revoked, clock.instant())))
                        : Admitted.forbidden(call.principal(), Action.CHANGE_CLAIM));
    }

    /// What is out of the caller's sight is not there.
    private Reply with(Call call, BiFunction<Tenant, Claim, Reply> next) {
        String name = call.named("claim");
        return tenants.with(call, tenant -> claims.find(tenant.name(), new Name(name))
                .filter(claim -> call.principal().scope().coversEnrollment(claim.enrollment()))
                .map(claim -> next.apply(tenant, claim))
                .orElseGet(() -> Reply.refused(Problem.missing(
                        "claim", name, "List them with: muster claim list --tenant " + tenant.name()))));
    }
}
