package io.muster.store.ledger;

import io.muster.core.device.Credential;
import io.muster.core.device.Device;
import io.muster.core.device.Device.Assignment;
import io.muster.core.device.Device.Origin;
import io.muster.core.device.DeviceId;
import io.muster.core.device.DeviceState;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.device.PolicyName;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Thing;
import io.muster.core.device.ThingPolicy;
import io.muster.core.ledger.Event.Portrait;
import io.muster.store.pack.Packer;
import io.muster.store.pack.Unpacker;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What of a device lies under its seal; the rest lies open beside it.
final class DeviceForm {

    private static final int FORM = 1;

    private static final int WRITTEN = 1;
    private static final int NAMED = 2;

    /// The open part of a row.
    record Open(
            DeviceId id,
            Name tenant,
            int version,
            DeviceState state,
            Optional<String> type,
            Name region,
            Name hub,
            Instant createdAt,
            Instant updatedAt) {}

    private DeviceForm() {}

    static byte[] write(Device device) {
        IdentityKey identity = device.identityKeys().getFirst();
        return packed(device)
                .list(device.credentials(), (out, it) -> CredentialForm.write(out, it, identity))
                .list(device.thing().stream().toList(), DeviceForm::write)
                .bytes();
    }

    /// For an entry, which tells by itself what its act did to certificates: the device as it is from then on.
    static byte[] portrait(Device device) {
        return packed(device)
                .number(number(device.state()))
                .maybe(device.type())
                .text(device.assignment().region().value())
                .text(device.assignment().hub().value())
                .list(device.thing().stream().toList(), DeviceForm::write)
                .bytes();
    }

    /// Reads what [#portrait] wrote.
    static Portrait readPortrait(byte[] body) {
        Unpacker in = new Unpacker(FORM, body);
        RegistrationId name = RegistrationId.parse(in.text()).orElseThrow();
        String deviceId = in.maybe().orElse(name.display());
        Origin origin = new Origin(new Name(in.text()), in.integer());
        String endpoint = in.text();
        in.list(DeviceForm::readKey);
        Optional<Json> facts = in.maybe().map(Json::new);
        DeviceState state = state(in.integer());
        Optional<String> type = in.maybe();
        Name region = new Name(in.text());
        Assignment assignment = new Assignment(new Name(in.text()), region, endpoint);
        Optional<Thing> thing = in.list(DeviceForm::readThing).stream().findFirst();
        return new Portrait(name, deviceId, state, origin, type, assignment, facts, thing);
    }

    private static Packer packed(Device device) {
        return new Packer(FORM)
                .text(device.registrationId().display())
                .maybe(Optional.of(device.deviceId())
                        .filter(id -> !id.equals(device.registrationId().display())))
                .text(device.origin().enrollment().value())
                .number(device.origin().version())
                .text(device.assignment().endpoint())
                .list(device.identityKeys(), DeviceForm::write)
                .maybe(device.payload().map(Json::text));
    }

    /// The whole device in the one form that its digest is of.
    static byte[] canonical(Device device) {
        return new Packer(FORM)
                .number(device.version())
                .number(number(device.state()))
                .maybe(device.type())
                .text(device.assignment().region().value())
                .text(device.assignment().hub().value())
                .number(device.createdAt().toEpochMilli())
                .number(device.updatedAt().toEpochMilli())
                .octets(write(device))
                .bytes();
    }

    /// What the body of an entry tells of its device.
    record Told(RegistrationId name, Origin origin, List<IdentityKey> identityKeys) {}

    /// Reads of [#portrait] what proves the device.
    static Told tell(byte[] body) {
        Unpacker in = new Unpacker(FORM, body);
        RegistrationId name = RegistrationId.parse(in.text()).orElseThrow();
        in.maybe();
        Origin origin = new Origin(new Name(in.text()), in.integer());
        in.text();
        return new Told(name, origin, in.list(DeviceForm::readKey));
    }

    static Device read(Open open, byte[] sealed) {
        Unpacker in = new Unpacker(FORM, sealed);
        RegistrationId name = RegistrationId.parse(in.text()).orElseThrow();
        String deviceId = in.maybe().orElse(name.display());
        Origin origin = new Origin(new Name(in.text()), in.integer());
        String endpoint = in.text();
        List<IdentityKey> keys = in.list(DeviceForm::readKey);
        Optional<Json> payload = in.maybe().map(Json::new);
        List<Credential> credentials = in.list(each -> CredentialForm.read(each, keys.getFirst()));
        return new Device(
                open.id(),
                open.tenant(),
                name,
                deviceId,
                open.version(),
                open.state(),
                origin,
                open.type(),
                keys,
                credentials,
                new Assignment(open.hub(), open.region(), endpoint),
                payload,
                in.list(DeviceForm::readThing).stream().findFirst(),
                open.createdAt(),
                open.updatedAt());
    }

    private static void write(Packer out, Thing thing) {
        out.list(List.copyOf(new TreeMap<>(thing.attributes()).entrySet()), (to, it) -> to.text(it.getKey())
                        .text(it.getValue()))
                .list(thing.groups(), Packer::text)
                .maybe(thing.billingGroup())
                .list(thing.policies(), DeviceForm::write);
    }

    private static Thing readThing(Unpacker in) {
        Map<String, String> attributes = new LinkedHashMap<>();
        in.list(it -> Map.entry(it.text(), it.text())).forEach(it -> attributes.put(it.getKey(), it.getValue()));
        return new Thing(attributes, in.list(Unpacker::text), in.maybe(), in.list(DeviceForm::readPolicy));
    }

    private static void write(Packer out, ThingPolicy policy) {
        switch (policy) {
            case ThingPolicy.Written(Json document) -> out.number(WRITTEN).text(document.text());
            case ThingPolicy.Named(PolicyName name) -> out.number(NAMED).text(name.value());
        }
    }

    private static ThingPolicy readPolicy(Unpacker in) {
        int kind = in.integer();
        return switch (kind) {
            case WRITTEN -> new ThingPolicy.Written(new Json(in.text()));
            case NAMED -> new ThingPolicy.Named(new PolicyName(in.text()));
            default ->
                throw new IllegalStateException(
                        "A device holds a kind of policy (" + kind + ") that this version of Muster does not know.");
        };
    }

    private static void write(Packer out, IdentityKey key) {
        out.number(number(key.kind())).hex(key.fingerprint());
    }

    private static IdentityKey readKey(Unpacker in) {
        return new IdentityKey(kind(in.integer()), in.hex());
    }

    static int number(IdentityKey.Kind kind) {
        return switch (kind) {
            case X509 -> 1;
            case SYMMETRIC -> 2;
            case TPM -> 3;
        };
    }

    static IdentityKey.Kind kind(int number) {
        return switch (number) {
            case 1 -> IdentityKey.Kind.X509;
            case 2 -> IdentityKey.Kind.SYMMETRIC;
            case 3 -> IdentityKey.Kind.TPM;
            default ->
                throw new IllegalStateException("A device holds a kind of identity key (" + number
                        + ") that this version of Muster does not know.");
        };
    }

    static short number(DeviceState state) {
        return switch (state) {
            case ENABLED -> 0;
            case QUARANTINED -> 1;
            case DECOMMISSIONED -> 2;
        };
    }

    static DeviceState state(int number) {
        return switch (number) {
            case 0 -> DeviceState.ENABLED;
            case 1 -> DeviceState.QUARANTINED;
            case 2 -> DeviceState.DECOMMISSIONED;
            default ->
                throw new IllegalStateException(
                        "A device is in a state (" + number + ") that this version of Muster does not know.");
        };
    }
}
