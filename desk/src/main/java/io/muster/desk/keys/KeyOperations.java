package io.muster.desk.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.access.AccessKey;
import io.muster.core.access.Action;
import io.muster.core.access.KeyId;
import io.muster.core.access.Principals;
import io.muster.core.access.Principals.Answer;
import io.muster.core.access.Principals.Order;
import io.muster.core.access.Role;
import io.muster.core.access.Scope;
import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import io.muster.desk.exchange.Admitted;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Cursor;
import io.muster.desk.exchange.Expected;
import io.muster.desk.exchange.Form;
import io.muster.desk.exchange.Pages;
import io.muster.desk.exchange.Reply;
import io.muster.desk.problem.Problem;
import io.muster.desk.problem.ProblemKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Keys of a tenant, or of the installation where the path names no tenant: make, list, show, rotate, revoke. A key's
/// text is in the answer to its making or rotation, and in no other.
public final class KeyOperations {

    private final Principals principals;
    private final InstantSource clock;

    public KeyOperations(Principals principals, InstantSource clock) {
        this.principals = principals;
        this.clock = clock;
    }

    public Reply create(Call call) {
        return KeyForm.order(tenant(call), call.body(), now())
                .reply(order -> call.principal().mayGrant(order.role(), order.scope())
                        ? make(call, order)
                        : beyond(call, order.role(), order.scope()));
    }

    public Reply list(Call call) {
        return Cursor.read(call)
                .then(after -> after.isEmpty() || KeyId.parse(after.get()).isPresent()
                        ? Form.of(after.flatMap(KeyId::parse))
                        : Cursor.<Optional<KeyId>>malformed())
                .reply(after -> page(call, after));
    }

    public Reply get(Call call) {
        return with(call, key -> Reply.ok(show(key)));
    }

    /// Who cannot give a key cannot have it given to them, either.
    public Reply rotate(Call call) {
        return with(call, key -> {
            if (!call.principal().mayGrant(key.role(), key.scope())) {
                return beyond(call, key.role(), key.scope());
            }
            if (key.revoked()) {
                return Reply.refused(Problem.of(
                        ProblemKind.NOT_POSSIBLE,
                        "The key " + key.id() + " was revoked: nothing brings it back.",
                        "Make another one with: muster key create --help"));
            }
            return unlessStale(call, key).orElseGet(() -> KeyForm.rotation(key, call.body(), now())
                    .reply(rotation ->
                            answer(principals.rotate(key, rotation, call.warrant()), done -> Reply.ok(shown(done)))));
        });
    }

    public Reply revoke(Call call) {
        return with(call, key -> unlessStale(call, key)
                .orElseGet(() -> answer(principals.revoke(key, call.warrant()), done -> Reply.ok(show(done.key())))));
    }

    private Reply make(Call call, Order order) {
        return answer(
                principals.make(order, call.warrant()),
                done -> Reply.created(path(call) + "/" + done.key().id(), shown(done)));
    }

    private Reply page(Call call, Optional<KeyId> after) {
        List<AccessKey> items = principals.list(tenant(call), after, call.limit());
        boolean more = items.size() == call.limit()
                && !principals
                        .list(tenant(call), Optional.of(items.getLast().id()), 1)
                        .isEmpty();
        Optional<String> next = more ? Optional.of(items.getLast().id().value()) : Optional.empty();
        return Pages.of(items, next, this::show);
    }

    private Reply with(Call call, Function<AccessKey, Reply> next) {
        String id = call.named("key");
        return KeyId.parse(id)
                .flatMap(number -> principals.find(tenant(call), number))
                .map(next)
                .orElseGet(() -> Reply.refused(Problem.missing(
                        "key",
                        id,
                        "It is named by its number, not by its text. List the keys with: muster key list"
                                + tenant(call).map(name -> " --tenant " + name).orElse(""))));
    }

    private static Optional<Reply> unlessStale(Call call, AccessKey key) {
        return Expected.refusal(call, "key " + key.id(), key.version());
    }

    private static Reply answer(Answer answer, Function<Answer.Done, Reply> next) {
        return switch (answer) {
            case Answer.Done done -> next.apply(done);
            case Answer.Taken() ->
                Reply.refused(Problem.of(
                        ProblemKind.ALREADY_EXISTS,
                        "This client certificate, or one with the same key, or a policy of this name, is there already.",
                        "Revoke the key that has it, or come with another certificate or name."));
            case Answer.Missing(String what) ->
                Reply.refused(Problem.of(
                        ProblemKind.NOT_FOUND, "There is no " + what + ".", "List what there is, and name it."));
            case Answer.Stale(int version) ->
                Reply.refused(Problem.of(
                        ProblemKind.CONFLICT,
                        "Somebody else changed the key at the same time: it is at version " + version + ".",
                        "Read it again and repeat the change if it still makes sense."));
            case Answer.Full(int limit) ->
                Reply.refused(Problem.of(
                        ProblemKind.NOT_POSSIBLE,
                        "There are " + limit + " keys already, and no more fit.",
                        "Revoke those that are not needed any more."));
        };
    }

    private static Reply beyond(Call call, Role role, Scope scope) {
        return Admitted.forbidden(
                call.principal(),
                Action.MANAGE_KEYS,
                "a key of role " + role.name().toLowerCase(Locale.ROOT) + (scope.narrowed() ? " with this scope" : "")
                        + " is more than it has itself");
    }

    private ObjectNode show(AccessKey key) {
        return KeyJson.show(key, clock.instant());
    }

    private ObjectNode shown(Answer.Done done) {
        ObjectNode json = show(done.key());
        done.text().map(Secret::reveal).ifPresent(text -> json.put("key", new String(text, StandardCharsets.US_ASCII)));
        return json;
    }

    private static Optional<Name> tenant(Call call) {
        return Optional.ofNullable(call.path().get("tenant")).map(Name::new);
    }

    private static String path(Call call) {
        return "/api/v1" + tenant(call).map(name -> "/tenants/" + name).orElse("") + "/keys";
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
