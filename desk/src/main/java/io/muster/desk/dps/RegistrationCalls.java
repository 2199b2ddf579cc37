package io.muster.desk.dps;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.access.Action;
import io.muster.core.access.Scope;
import io.muster.core.connectivity.HubEndpoint;
import io.muster.core.device.Device;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.ledger.Devices;
import io.muster.core.roster.Registrar;
import io.muster.desk.dps.query.Condition;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Expected;
import io.muster.desk.exchange.Form;
import io.muster.desk.exchange.Reply;
import io.muster.desk.problem.Problem;
import io.muster.desk.problem.ProblemKind;
import java.util.Map;
import java.util.Optional;

/// Registration records: what Azure says of a device that came. A device here is more than such a record: it is not
/// forgotten, and its record is not deleted.
final class RegistrationCalls {

    private static final String COLLECTION = "deviceRegistrations";
    private static final Map<String, String> FIELDS = Map.of(
            "registrationId", "/registrationId",
            "deviceId", "/deviceId",
            "assignedHub", "/assignedHub",
            "status", "/status",
            "etag", "/etag");

    private final Places places;
    private final Devices devices;

    RegistrationCalls(Registrar registrar, Devices devices) {
        this.places = new Places(registrar);
        this.devices = devices;
    }

    Reply get(Call call) {
        return Allowed.in(call, Action.READ_DEVICE, tenant -> device(tenant, call.named("id"))
                .map(device -> Reply.ok(show(device)).withHeader("ETag", tag(device)))
                .orElseGet(RegistrationCalls::missing));
    }

    /// Of an individual enrollment's device, where it came already.
    Optional<ObjectNode> stateOf(Name tenant, RegistrationId id) {
        return device(tenant, id.display()).map(RegistrationCalls::show);
    }

    Reply delete(Call call) {
        return Allowed.in(call, Action.DECOMMISSION_DEVICE, tenant -> device(tenant, call.named("id"))
                .map(_ -> Reply.refused(Problem.of(
                        ProblemKind.NOT_POSSIBLE,
                        "A registration is not deleted here: the same proof leads to the same device, always, and what"
                                + " is known of it stays.",
                        "To keep the device out, disable or delete its enrollment, or take it away: muster device"
                                + " quarantine, muster device decommission. To place it anew, change the hubs of its"
                                + " enrollment.")))
                .orElseGet(RegistrationCalls::missing));
    }

    /// Those that a group let in.
    Reply query(Call call) {
        return Allowed.in(
                call, Action.READ_DEVICE, tenant -> places.find(tenant, EnrollmentKind.GROUP, call.named("id"))
                        .reply(place -> switch (place) {
                            case Place.Held(var group) -> query(call, tenant, group.name());
                            case Place.Free _, Place.Foreign _ -> missing();
                        }));
    }

    private Reply query(Call call, Name tenant, Name group) {
        return QueryBody.readIfAny(call, COLLECTION, FIELDS).reply(query -> {
            Continuation continuation = Continuation.of(tenant, COLLECTION + "/" + group, query.text());
            return continuation
                    .read(call)
                    .then(place -> Continuation.limit(call).then(limit -> list(tenant, group, place, limit)))
                    .reply(page -> page(page, query.condition(), continuation));
        });
    }

    private Form<Devices.Page> list(Name tenant, Name group, Optional<String> place, int limit) {
        Devices.Filter filter = new Devices.Filter(
                Optional.of(group),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Scope.of(tenant));
        try {
            return Form.of(devices.list(tenant, filter, place, limit));
        } catch (Devices.CursorMalformed _) {
            return Continuation.malformed();
        }
    }

    private static Reply page(Devices.Page page, Condition condition, Continuation continuation) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        page.items().stream()
                .map(RegistrationCalls::show)
                .filter(condition::holds)
                .forEach(items::add);
        Reply reply = Reply.ok(items).withHeader("x-ms-item-type", "deviceRegistration");
        return page.next()
                .map(place -> reply.withHeader(Call.CONTINUATION, continuation.show(place)))
                .orElse(reply);
    }

    /// Ids of devices lead to the same record; Azure asks by registration ids alone.
    private Optional<Device> device(Name tenant, String id) {
        return RegistrationId.parse(id).flatMap(name -> devices.find(tenant, name.display())
                .filter(device -> device.registrationId().equals(name)));
    }

    private static ObjectNode show(Device device) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("registrationId", device.registrationId().display())
                .put("deviceId", device.deviceId())
                .put("createdDateTimeUtc", AttestationWriter.moment(device.createdAt()))
                .put("lastUpdatedDateTimeUtc", AttestationWriter.moment(device.updatedAt()))
                .put(
                        "status",
                        switch (device.state()) {
                            case ENABLED -> "assigned";
                            case QUARANTINED, DECOMMISSIONED -> "disabled";
                        })
                .put("etag", tag(device));
        HubEndpoint.parse(device.assignment().endpoint()).ifPresent(hub -> json.put("assignedHub", hub.host()));
        if (device.version() == 1) {
            json.put("substatus", "initialAssignment");
        }
        return json;
    }

    private static String tag(Device device) {
        return Expected.tag(device.version());
    }

    private static Reply missing() {
        return Reply.refused(Problem.of(
                ProblemKind.NOT_FOUND,
                "There is no such registration.",
                "A device has one once it came; ask by its registration id, or query those of a group."));
    }
}
