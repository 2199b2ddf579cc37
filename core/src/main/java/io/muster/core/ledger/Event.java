package io.muster.core.ledger;

import io.muster.core.device.Device;
import io.muster.core.device.DeviceId;
import io.muster.core.device.DeviceState;
import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Serial;
import io.muster.core.device.Thing;
import io.muster.core.ledger.Audit.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One change of a device, as other systems are told of it. It is made of one entry of the ledger and of nothing else:
/// the same entry is the same event, however often it is told.
public sealed interface Event {

    /// Whom it is about. This id alone is still known when the device was erased, and names nobody then.
    DeviceId device();

    /// The device's version from then on: the count of its entries.
    long version();

    Name tenant();

    Instant at();

    Type type();

    /// The same for the same entry, and for no other in the world.
    default String id() {
        return device() + "/" + version();
    }

    /// @param portrait the device as it is from then on
    /// @param issued certificates that came with it
    /// @param ended certificates that ended with it
    record Changed(
            DeviceId device,
            long version,
            Name tenant,
            Instant at,
            Type type,
            Portrait portrait,
            List<Issued> issued,
            List<Ended> ended)
            implements Event {
        public Changed {
            issued = List.copyOf(issued);
            ended = List.copyOf(ended);
        }
    }

    /// Something happened to a device that was erased since: nobody can tell any more what. Whoever keeps something of
    /// this device removes it.
    record Erased(DeviceId device, long version, Name tenant, Instant at) implements Event {
        @Override
        public Type type() {
            return Type.ERASED;
        }
    }

    /// What happened.
    enum Type {
        ENROLLED,
        UPDATED,
        MIGRATED,
        RESET,
        REKEYED,
        CERTIFIED,
        CERTIFICATE_REVOKED,
        IDENTITY_KEY_CONTESTED,
        QUARANTINED,
        RELEASED,
        DECOMMISSIONED,
        ERASED;

        /// What other systems are told of an entry; empty where it is about no device.
        public static Optional<Type> of(Kind kind) {
            return switch (kind) {
                case DEVICE_ENROLLED -> Optional.of(ENROLLED);
                case DEVICE_UPDATED -> Optional.of(UPDATED);
                case DEVICE_MIGRATED -> Optional.of(MIGRATED);
                case DEVICE_RESET -> Optional.of(RESET);
                case DEVICE_REKEYED -> Optional.of(REKEYED);
                case DEVICE_CERTIFIED -> Optional.of(CERTIFIED);
                case CERTIFICATE_REVOKED -> Optional.of(CERTIFICATE_REVOKED);
                case IDENTITY_KEY_CONTESTED -> Optional.of(IDENTITY_KEY_CONTESTED);
                case DEVICE_QUARANTINED -> Optional.of(QUARANTINED);
                case DEVICE_RELEASED -> Optional.of(RELEASED);
                case DEVICE_DECOMMISSIONED -> Optional.of(DECOMMISSIONED);
                case TENANT_CREATED,
                        TENANT_CHANGED,
                        REGION_CREATED,
                        HUB_CREATED,
                        HUB_CHANGED,
                        ENROLLMENT_CREATED,
                        ENROLLMENT_CHANGED,
                        ENROLLMENT_DELETED,
                        PROFILE_CREATED,
                        PROFILE_CHANGED,
                        TOKEN_MADE,
                        TOKEN_REVOKED,
                        CLAIM_MADE,
                        CLAIM_REVOKED,
                        CREATIONS_REVOKED,
                        ANCHOR_CREATED,
                        ANCHOR_VERIFIED,
                        ANCHOR_DELETED,
                        POLICY_CREATED,
                        POLICY_CHANGED,
                        POLICY_DELETED,
                        AUDIT_READ,
                        KEY_CREATED,
                        KEY_ROTATED,
                        KEY_REVOKED,
                        SINK_PAUSED,
                        SINK_RESUMED,
                        SINK_REPLAYED,
                        SINK_RECONCILED -> Optional.empty();
            };
        }
    }

    /// A device as other systems may know it: no key, and no secret.
    ///
    /// @param facts what the device last said of itself when it enrolled
    record Portrait(
            RegistrationId registrationId,
            String deviceId,
            DeviceState state,
            Device.Origin origin,
            Optional<String> type,
            Device.Assignment assignment,
            Optional<Json> facts,
            Optional<Thing> thing) {}

    /// @param profile the profile version by which it was issued, such as `device@1`
    /// @param subject its subject in text (RFC 2253); empty where it has none
    record Issued(Serial serial, String profile, Instant notAfter, String subject) {}

    /// @param state why it proves nothing any more: a newer one was used, or it was revoked
    record Ended(Serial serial, State state) {

        public enum State {
            SUPERSEDED,
            REVOKED
        }
    }
}
