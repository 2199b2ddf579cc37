package io.muster.core.device;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One device as the ledger holds it.
///
/// @param id internal id
/// @param tenant whose device it is
/// @param registrationId the name under which it registers
/// @param deviceId its outward id (Azure: deviceId; AWS: thing name); unique in the tenant, fixed at the first
///     enrollment
/// @param version count of its entries, from 1
/// @param state where it stands in its life
/// @param origin the enrollment that let it in, and the version that decided
/// @param type device type, where the enrollment names one
/// @param identityKeys the keys that prove it now; never empty
/// @param credentials its operational certificates, the newest first; old ones are forgotten when they have ended
/// @param assignment where it connects
/// @param payload what the device last said of itself when it enrolled
/// @param thing what a provisioning template made of it
/// @param createdAt first enrollment
/// @param updatedAt last change, equal to `createdAt` until there is one
public record Device(
        DeviceId id,
        Name tenant,
        RegistrationId registrationId,
        String deviceId,
        long version,
        DeviceState state,
        Origin origin,
        Optional<String> type,
        List<IdentityKey> identityKeys,
        List<Credential> credentials,
        Assignment assignment,
        Optional<Json> payload,
        Optional<Thing> thing,
        Instant createdAt,
        Instant updatedAt) {

    /// Most certificates that are remembered of a device.
    public static final int MAX_CREDENTIALS = 8;

    public Device {
        identityKeys = List.copyOf(identityKeys);
        credentials = List.copyOf(credentials);
    }

    /// One that no template made.
    public Device(
            DeviceId id,
            Name tenant,
            RegistrationId registrationId,
            String deviceId,
            long version,
            DeviceState state,
            Origin origin,
            Optional<String> type,
            List<IdentityKey> identityKeys,
            List<Credential> credentials,
            Assignment assignment,
            Optional<Json> payload,
            Instant createdAt,
            Instant updatedAt) {
        this(
                id,
                tenant,
                registrationId,
                deviceId,
                version,
                state,
                origin,
                type,
                identityKeys,
                credentials,
                assignment,
                payload,
                Optional.empty(),
                createdAt,
                updatedAt);
    }

    /// One without a certificate.
    public Device(
            DeviceId id,
            Name tenant,
            RegistrationId registrationId,
            String deviceId,
            long version,
            DeviceState state,
            Origin origin,
            Optional<String> type,
            List<IdentityKey> identityKeys,
            Assignment assignment,
            Optional<Json> payload,
            Instant createdAt,
            Instant updatedAt) {
        this(
                id,
                tenant,
                registrationId,
                deviceId,
                version,
                state,
                origin,
                type,
                identityKeys,
                List.of(),
                assignment,
                payload,
                createdAt,
                updatedAt);
    }

    /// The same with one more entry that changes nothing about it.
    public Device next() {
        return new Device(
                id,
                tenant,
                registrationId,
                deviceId,
                version + 1,
                state,
                origin,
                type,
                identityKeys,
                credentials,
                assignment,
                payload,
                thing,
                createdAt,
                updatedAt);
    }

    /// The same in another state.
    public Device in(DeviceState other) {
        return new Device(
                id,
                tenant,
                registrationId,
                deviceId,
                version,
                other,
                origin,
                type,
                identityKeys,
                credentials,
                assignment,
                payload,
                thing,
                createdAt,
                updatedAt);
    }

    /// Its newest certificate, while it proves the device.
    public Optional<Credential> currentCredential() {
        return credentials.stream()
                .filter(it -> it.state() == Credential.State.CURRENT || it.state() == Credential.State.UNUSED)
                .findFirst();
    }

    /// Its certificate of a serial number, while it is remembered.
    public Optional<Credential> credential(Serial serial) {
        return credentials.stream().filter(it -> it.serial().equals(serial)).findFirst();
    }

    /// The enrollment version that a device came in by.
    public record Origin(Name enrollment, int version) {
        @Override
        public String toString() {
            return enrollment + "@" + version;
        }
    }

    /// Where a device connects. The endpoint is that of the hub at the time of the assignment.
    ///
    /// @param endpoint a URI such as `mqtts://eu-1.example.com:8883`
    public record Assignment(Name hub, Name region, String endpoint) {}
}
