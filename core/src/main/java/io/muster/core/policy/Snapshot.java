package io.muster.core.policy;

import io.muster.core.device.Device;
import io.muster.core.device.RegistrationId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What was known at the moment of a decision.
///
/// @param byName the device of the request's registration id
/// @param keyHolder the name of the device to which the proven identity key is bound
/// @param nameBlocked whether the registration id is blocked
/// @param keyBlocked whether the identity key is blocked
/// @param requestedKey what is known of the key to be certified; free where none is
/// @param clock whether this node's clock may be relied on
/// @param now the time of the decision
/// @param facts what is believed of what the device says of itself; by itself nothing that is not known already
public record Snapshot(
        Optional<Device> byName,
        Optional<RegistrationId> keyHolder,
        boolean nameBlocked,
        boolean keyBlocked,
        RequestedKey requestedKey,
        Clock clock,
        Instant now,
        Facts facts) {

    /// A snapshot where the device says nothing of itself.
    public Snapshot(
            Optional<Device> byName,
            Optional<RegistrationId> keyHolder,
            boolean nameBlocked,
            boolean keyBlocked,
            RequestedKey requestedKey,
            Clock clock,
            Instant now) {
        this(
                byName,
                keyHolder,
                nameBlocked,
                keyBlocked,
                requestedKey,
                clock,
                now,
                new Facts.Believed(byName.flatMap(Device::payload), false));
    }

    /// A snapshot where no certificate is asked for.
    public Snapshot(
            Optional<Device> byName,
            Optional<RegistrationId> keyHolder,
            boolean nameBlocked,
            boolean keyBlocked,
            Clock clock,
            Instant now) {
        this(byName, keyHolder, nameBlocked, keyBlocked, RequestedKey.FREE, clock, now);
    }

    /// The same with a newer state of the device of that name.
    public Snapshot knowing(Device device) {
        return new Snapshot(Optional.of(device), keyHolder, nameBlocked, keyBlocked, requestedKey, clock, now, facts);
    }

    /// The same where this comes of what the device says of itself.
    public Snapshot hearing(Facts said) {
        return new Snapshot(byName, keyHolder, nameBlocked, keyBlocked, requestedKey, clock, now, said);
    }

    /// What is known of a key that is to be certified.
    ///
    /// @param holder  the device to which it is bound, now or once
    /// @param blocked whether it is blocked
    public record RequestedKey(Optional<RegistrationId> holder, boolean blocked) {
        public static final RequestedKey FREE = new RequestedKey(Optional.empty(), false);
    }

    /// How far this node's clock can be relied on.
    public sealed interface Clock {

        /// It agrees with the database's, and is not behind the last commit.
        record Trusted() implements Clock {}

        /// It does not: nothing may be issued until it does.
        ///
        /// @param offset how far this node's clock is ahead of the reference; negative when it is behind
        /// @param reference what it was compared with, in words
        record Untrusted(Duration offset, String reference) implements Clock {}
    }
}
