package io.muster.core.policy;

import io.muster.core.connectivity.Advised;
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
/// @param advised what an operator's hook says; empty where none was asked
public record Snapshot(
        Optional<Device> byName,
        Optional<RegistrationId> keyHolder,
        boolean nameBlocked,
        boolean keyBlocked,
        RequestedKey requestedKey,
        Clock clock,
        Instant now,
        Facts facts,
        Optional<Advised> advised) {

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
                new Facts.Believed(byName.flatMap(Device::payload), false),
                Optional.empty());
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
        return with(Optional.of(device), facts, advised);
    }

    /// The same where this comes of what the device says of itself.
    public Snapshot hearing(Facts said) {
        return with(byName, said, advised);
    }

    /// The same with what a hook says.
    public Snapshot advised(Advised by) {
        return with(byName, facts, Optional.of(by));
    }

    private Snapshot with(Optional<Device> device, Facts said, Optional<Advised> by) {
        return new Snapshot(device, keyHolder, nameBlocked, keyBlocked, requestedKey, clock, now, said, by);
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
