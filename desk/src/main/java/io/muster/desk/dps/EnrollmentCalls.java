package io.muster.desk.dps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.access.Action;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Registrar;
import io.muster.desk.dps.Place.Foreign;
import io.muster.desk.dps.Place.Free;
import io.muster.desk.dps.Place.Held;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Expected;
import io.muster.desk.exchange.Form;
import io.muster.desk.exchange.Reply;
import io.muster.desk.problem.Problem;
import io.muster.desk.problem.ProblemKind;
import io.muster.desk.roster.Answered;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Enrollments of one kind, one at a time: create or update, show, show keys, delete.
final class EnrollmentCalls {

    /// What of an enrollment must be there for it to be stored.
    enum Wanted {
        EITHER,
        NEW,
        PRESENT
    }

    private final EnrollmentKind kind;
    private final Registrar registrar;
    private final EnrollmentReader reader;
    private final AttestationWriter attestations;
    private final BiFunction<Name, RegistrationId, Optional<ObjectNode>> registrations;
    private final Places places;

    EnrollmentCalls(
            EnrollmentKind kind,
            Registrar registrar,
            EnrollmentReader reader,
            AttestationWriter attestations,
            BiFunction<Name, RegistrationId, Optional<ObjectNode>> registrations) {
        this.kind = kind;
        this.registrar = registrar;
        this.reader = reader;
        this.attestations = attestations;
        this.registrations = registrations;
        this.places = new Places(registrar);
    }

    Reply put(Call call) {
        return store(call, Wanted.EITHER);
    }

    /// Stores what the body says under the id of the path.
    Reply store(Call call, Wanted wanted) {
        return Allowed.in(call, Action.READ_ENROLLMENT, tenant -> named(call)
                .then(id -> places.find(tenant, kind, id))
                .reply(place -> switch (place) {
                    case Free free ->
                        wanted == Wanted.PRESENT || call.header(Call.IF_MATCH).isPresent()
                                ? lacking(call, wanted)
                                : create(call, tenant, free);
                    case Held(Enrollment present) ->
                        wanted == Wanted.NEW ? taken("The enrollment is there already.") : change(call, present);
                    case Foreign(String why) -> taken(why);
                }));
    }

    /// Where the id of the body is that of the path.
    private Form<String> named(Call call) {
        String id = call.named("id");
        return Fields.text(call.body(), kind.idField(), "/" + kind.idField())
                .then(inside -> inside.equalsIgnoreCase(id)
                        ? Form.of(id)
                        : Form.faulty(
                                "/" + kind.idField(),
                                "The body is about another enrollment than the path, or about none.",
                                "Put the same " + kind.idField() + " in both."));
    }

    private Reply create(Call call, Name tenant, Free free) {
        Action action = kind == EnrollmentKind.INDIVIDUAL ? Action.ADD_INDIVIDUAL : Action.CHANGE_ENROLLMENT;
        return Allowed.also(call, action, () -> reader.first(tenant, free.name(), free.individual(), call.body())
                .reply(first -> Answered.by(registrar.create(first, call.warrant()), this::shown)));
    }

    private Reply change(Call call, Enrollment present) {
        return Allowed.also(call, Action.CHANGE_ENROLLMENT, () -> stale(call, present)
                .orElseGet(() -> reader.next(present, call.body())
                        .reply(next -> sameKeys(present, next)
                                ? change(call, present, next)
                                : Allowed.also(
                                        call, Action.ROTATE_ENROLLMENT_KEYS, () -> change(call, present, next)))));
    }

    /// Storing again what is there makes no version.
    private Reply change(Call call, Enrollment present, Enrollment next) {
        return next.at(present.version()).equals(present)
                ? shown(present)
                : Answered.by(registrar.change(next, call.warrant()), this::shown);
    }

    private static boolean sameKeys(Enrollment present, Enrollment next) {
        return !(next.proof() instanceof Proof.SymmetricKeys keys) || keys.equals(present.proof());
    }

    Reply get(Call call) {
        return with(call, Action.READ_ENROLLMENT, present -> {
            ObjectNode json = json(present);
            present.individual()
                    .flatMap(id -> registrations.apply(present.tenant(), id))
                    .ifPresent(state -> json.set("registrationState", state));
            return tagged(present, json);
        });
    }

    /// Who may give an enrollment other keys may see those that it has.
    Reply attestation(Call call) {
        return with(call, Action.ROTATE_ENROLLMENT_KEYS, present -> Reply.ok(attestations.showWithKeys(present)));
    }

    Reply delete(Call call) {
        return with(call, Action.CHANGE_ENROLLMENT, present -> stale(call, present)
                .orElseGet(() -> Answered.by(
                        registrar.delete(present, call.warrant()),
                        _ -> new Reply(204, Reply.JSON, Map.of(), MissingNode.getInstance()))));
    }

    private Reply with(Call call, Action action, Function<Enrollment, Reply> next) {
        return Allowed.in(call, action, tenant -> places.find(tenant, kind, call.named("id"))
                .reply(place -> switch (place) {
                    case Held(Enrollment present) -> next.apply(present);
                    case Free _, Foreign _ -> missing();
                }));
    }

    private Optional<Reply> stale(Call call, Enrollment present) {
        return Expected.refusal(call, kind.itemType() + " " + EnrollmentWriter.id(present), present.version());
    }

    private Reply shown(Enrollment enrollment) {
        return tagged(enrollment, json(enrollment));
    }

    private ObjectNode json(Enrollment enrollment) {
        return new EnrollmentWriter(registrar, attestations, enrollment.tenant()).show(enrollment);
    }

    private static Reply tagged(Enrollment enrollment, JsonNode json) {
        return Reply.ok(json).withHeader("ETag", Expected.tag(enrollment.version()));
    }

    private Reply lacking(Call call, Wanted wanted) {
        return call.header(Call.IF_MATCH).isPresent() && wanted == Wanted.EITHER
                ? Reply.refused(Problem.of(
                        ProblemKind.PRECONDITION_FAILED,
                        "There is no such " + kind.itemType() + " any more, and the change is for one that was there.",
                        "Send it without If-Match if it shall be created anew."))
                : missing();
    }

    private Reply missing() {
        return Reply.refused(Problem.of(
                ProblemKind.NOT_FOUND,
                "There is no such " + kind.itemType() + ".",
                "List those that there are by a query: SELECT * FROM " + kind.collection()));
    }

    private static Reply taken(String why) {
        return Reply.refused(Problem.of(ProblemKind.ALREADY_EXISTS, why, "Choose another id, or use what there is."));
    }

    /// The same call about one of several enrollments.
    static Call about(Call call, String id, JsonNode body, Optional<String> tag) {
        Map<String, String> headers = tag.map(it -> Map.of(Call.IF_MATCH, it)).orElse(Map.of());
        return new Call(
                call.caller(),
                Map.of("id", id),
                Map.of(),
                headers,
                body.isObject() ? body : JsonNodeFactory.instance.objectNode());
    }
}
