package io.muster.desk.dps;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.access.Action;
import io.muster.core.device.Name;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Registrar;
import io.muster.desk.dps.query.Condition;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Form;
import io.muster.desk.exchange.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Queries of enrollments, a page at a time. Conditions are held against what is shown, one enrollment after the
/// other: a page that found little in much ends early and says where to go on.
final class EnrollmentPages {

    private static final int MOST_LOOKED_AT = 1_000;
    private static final int AT_A_TIME = 100;

    private static final Map<String, String> FIELDS = Map.of(
            "deviceId", "/deviceId",
            "provisioningStatus", "/provisioningStatus",
            "allocationPolicy", "/allocationPolicy",
            "iotHubs", "/iotHubs",
            "iotHubHostName", "/iotHubs",
            "attestation.type", "/attestation/type",
            "etag", "/etag");

    private final Registrar registrar;
    private final AttestationWriter attestations;

    EnrollmentPages(Registrar registrar, AttestationWriter attestations) {
        this.registrar = registrar;
        this.attestations = attestations;
    }

    Reply individuals(Call call) {
        return asked(call, EnrollmentKind.INDIVIDUAL);
    }

    Reply groups(Call call) {
        return asked(call, EnrollmentKind.GROUP);
    }

    private Reply asked(Call call, EnrollmentKind kind) {
        return Allowed.in(call, Action.READ_ENROLLMENT, tenant -> QueryBody.read(call, kind.collection(), fields(kind))
                .then(query -> Continuation.of(tenant, kind.collection(), query.text())
                        .read(call)
                        .then(EnrollmentPages::name)
                        .then(after ->
                                Continuation.limit(call).map(limit -> new Page(tenant, kind, query, after, limit))))
                .reply(this::turn));
    }

    private record Page(Name tenant, EnrollmentKind kind, QueryBody query, Optional<Name> after, int limit) {}

    private static Map<String, String> fields(EnrollmentKind kind) {
        Map<String, String> fields = new HashMap<>(FIELDS);
        fields.put(kind.idField(), "/" + kind.idField());
        return fields;
    }

    private static Form<Optional<Name>> name(Optional<String> place) {
        Optional<Name> name = place.flatMap(Name::parse);
        return place.isPresent() && name.isEmpty() ? Continuation.malformed() : Form.of(name);
    }

    private Reply turn(Page page) {
        EnrollmentWriter writer = new EnrollmentWriter(registrar, attestations, page.tenant());
        Condition condition = page.query().condition();
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        Optional<Name> after = page.after();
        int looked = 0;
        List<Enrollment> some = next(page, after);
        while (!some.isEmpty() && items.size() < page.limit() && looked < MOST_LOOKED_AT) {
            for (Enrollment one : some) {
                if (items.size() == page.limit()) {
                    break;
                }
                after = Optional.of(one.name());
                looked++;
                if (EnrollmentKind.of(one) == page.kind() && EnrollmentKind.sayable(one)) {
                    ObjectNode shown = writer.show(one);
                    if (condition.holds(shown)) {
                        items.add(shown);
                    }
                }
            }
            some = next(page, after);
        }
        Reply reply = Reply.ok(items).withHeader("x-ms-item-type", page.kind().itemType());
        return some.isEmpty() || after.isEmpty()
                ? reply
                : reply.withHeader(
                        Call.CONTINUATION,
                        Continuation.of(
                                        page.tenant(),
                                        page.kind().collection(),
                                        page.query().text())
                                .show(after.get().value()));
    }

    /// Groups are few, and must not be looked for among all individuals.
    private List<Enrollment> next(Page page, Optional<Name> after) {
        return switch (page.kind()) {
            case INDIVIDUAL -> registrar.enrollments(page.tenant(), after, AT_A_TIME);
            case GROUP ->
                registrar.groups(page.tenant()).stream()
                        .filter(it -> after.isEmpty() || it.name().compareTo(after.get()) > 0)
                        .toList();
        };
    }
}
