package io.muster.outlets.hono;

import io.muster.core.access.Warrant;
import io.muster.core.device.Bytes;
import io.muster.core.device.Credential;
import io.muster.core.device.Device;
import io.muster.core.device.DeviceId;
import io.muster.core.device.DeviceState;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Serial;
import io.muster.core.ledger.Certificates;
import io.muster.core.ledger.Devices;
import io.muster.outlets.credential.ServerIdentity;
import io.muster.outlets.event.Samples;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// Devices of tenant `acme` and their certificates, in memory.
final class Fleet implements Devices, Certificates {

    private static final Serial SERIAL = new Serial(Bytes.of(HexFormat.of().parseHex("4d".repeat(17))));

    private final TreeMap<String, Device> devices = new TreeMap<>();
    private final TreeMap<String, Bytes> certificates = new TreeMap<>();

    Device add(String id) {
        IdentityKey key = new IdentityKey(IdentityKey.Kind.X509, "ab".repeat(32));
        Device device = device(id, DeviceId.random(), DeviceState.ENABLED, key, List.of());
        devices.put(id, device);
        return device;
    }

    private static Device device(
            String id, DeviceId internal, DeviceState state, IdentityKey key, List<Credential> credentials) {
        return new Device(
                internal,
                Samples.ACME,
                RegistrationId.parse(id).orElseThrow(),
                id,
                1,
                state,
                new Device.Origin(new Name("pumps"), 1),
                Optional.of("pump"),
                List.of(key),
                credentials,
                new Device.Assignment(new Name("eu-1"), new Name("eu"), "mqtts://eu-1.example.com"),
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH);
    }

    void remove(String id) {
        devices.remove(id);
    }

    void changes(String id, DeviceState state) {
        Device it = known(id);
        devices.put(id, device(id, it.id(), state, it.identityKeys().getFirst(), it.credentials()));
    }

    void certifies(String id) {
        Device it = known(id);
        IdentityKey key = it.identityKeys().getFirst();
        Credential credential =
                new Credential(SERIAL, key, key, "", Instant.EPOCH, Instant.now(), "ab", 0, Credential.State.CURRENT);
        devices.put(id, device(id, it.id(), it.state(), key, List.of(credential)));
        certificates.put(id, ServerIdentity.named(id).issued().certificate());
    }

    private Device known(String id) {
        return Objects.requireNonNull(devices.get(id));
    }

    String serial(String id) {
        return known(id).credentials().getFirst().serial().toString();
    }

    @Override
    public Optional<Device> find(Name tenant, String id) {
        return Optional.ofNullable(devices.get(id));
    }

    @Override
    public Devices.Page list(Name tenant, Devices.Filter filter, Optional<String> cursor, int limit) {
        List<Device> rest = devices.tailMap(cursor.orElse(""), false).values().stream()
                .limit(limit + 1L)
                .toList();
        List<Device> items = rest.subList(0, Math.min(limit, rest.size()));
        return new Devices.Page(
                items, rest.size() > limit ? Optional.of(items.getLast().deviceId()) : Optional.empty());
    }

    @Override
    public Census census() {
        return new Census(devices.size(), 0);
    }

    @Override
    public Optional<Kept> find(Name tenant, Serial serial) {
        return devices.values().stream()
                .filter(it -> it.credential(serial).isPresent())
                .map(it -> new Kept(
                        tenant,
                        it.registrationId(),
                        new Name("pumps"),
                        "device@1",
                        it.credentials().getFirst(),
                        Objects.requireNonNull(Map.copyOf(certificates).get(it.deviceId())),
                        Optional.empty()))
                .findFirst();
    }

    @Override
    public Certificates.Page list(Name tenant, Certificates.Filter filter, Optional<String> cursor, int limit) {
        return new Certificates.Page(List.of(), Optional.empty());
    }

    @Override
    public Revoked revoke(Name tenant, Serial serial, Reason reason, Warrant warrant) {
        return new Revoked.Unknown();
    }
}
