package io.muster.store.audit;

import io.muster.core.ledger.Audit.Kind;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What can be done, as table `entry` knows it. The numbers never change.
public final class Kinds {

    private static final Map<Short, Kind> BY_NUMBER =
            Arrays.stream(Kind.values()).collect(Collectors.toMap(Kinds::number, Function.identity()));

    private Kinds() {}

    public static short number(Kind kind) {
        return switch (kind) {
            case DEVICE_ENROLLED -> 1;
            case DEVICE_UPDATED -> 2;
            case DEVICE_MIGRATED -> 3;
            case DEVICE_RESET -> 4;
            case DEVICE_REKEYED -> 5;
            case DEVICE_CERTIFIED -> 6;
            case CERTIFICATE_REVOKED -> 7;
            case DEVICE_QUARANTINED -> 8;
            case DEVICE_RELEASED -> 9;
            case DEVICE_DECOMMISSIONED -> 10;
            case IDENTITY_KEY_CONTESTED -> 11;
            case TENANT_CREATED -> 20;
            case HUB_CREATED -> 21;
            case ENROLLMENT_CREATED -> 22;
            case ENROLLMENT_CHANGED -> 23;
            case PROFILE_CREATED -> 24;
            case PROFILE_CHANGED -> 25;
            case TOKEN_MADE -> 26;
            case TOKEN_REVOKED -> 27;
            case TENANT_CHANGED -> 28;
            case REGION_CREATED -> 29;
            case HUB_CHANGED -> 30;
            case ANCHOR_CREATED -> 31;
            case ANCHOR_VERIFIED -> 32;
            case ANCHOR_DELETED -> 33;
            case AUDIT_READ -> 34;
            case CLAIM_MADE -> 35;
            case CLAIM_REVOKED -> 36;
            case CREATIONS_REVOKED -> 37;
            case POLICY_CREATED -> 38;
            case POLICY_CHANGED -> 39;
            case KEY_CREATED -> 40;
            case KEY_ROTATED -> 41;
            case KEY_REVOKED -> 42;
            case POLICY_DELETED -> 43;
            case ENROLLMENT_DELETED -> 44;
            case SINK_PAUSED -> 50;
            case SINK_RESUMED -> 51;
            case SINK_REPLAYED -> 52;
            case SINK_RECONCILED -> 53;
        };
    }

    /// Empty where a newer version of Muster wrote it.
    public static Optional<Kind> of(short number) {
        return Optional.ofNullable(BY_NUMBER.get(number));
    }

    /// Whether a device's key seals it.
    public static boolean aboutDevice(short number) {
        return number >= 1 && number <= 11;
    }

    /// Whether a device did it by itself, at a door.
    public static boolean ofDevice(short number) {
        return number >= 1 && number <= 6;
    }
}
