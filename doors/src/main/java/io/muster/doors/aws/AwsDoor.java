package io.muster.doors.aws;

import io.muster.core.door.Admission;
import io.muster.core.door.Admitted;
import io.muster.core.door.ClaimReception;
import io.muster.core.door.ConnectionRequest;
import io.muster.core.door.Problem;
import io.muster.core.door.Reception;
import io.muster.core.door.Refusal;
import io.muster.core.telemetry.Telemetry;
import io.muster.doors.listener.TenantDomain;
import io.muster.doors.mqtt.MqttConnect;
import io.muster.doors.mqtt.MqttDoor;
import io.muster.doors.mqtt.MqttRefusal;
import io.muster.doors.mqtt.Owner;
import io.muster.doors.mqtt.Seat;
import io.muster.doors.mqtt.Welcome;
import java.time.InstantSource;
import java.util.Optional;

/// Whoever connects by MQTT with a client certificate: a device, or somebody with a claim. What the AWS SDKs put into
/// the user name is telemetry of their own and says nothing here; nor does a password.
public final class AwsDoor implements MqttDoor {

    private static final String DOOR = "aws-";
    private static final String DEVICES = "aws";
    private static final String CLAIMS = "aws-claim";

    private final Admission admission;
    private final Reception reception;
    private final Telemetry telemetry;
    private final Provisioning provisioning;
    private final TenantDomain names;
    private final InstantSource clock;

    /// @param claims    creates and registers
    /// @param reception counts what this door refuses by itself
    /// @param telemetry takes what devices say
    /// @param names     tells a tenant by the name that was asked for
    public AwsDoor(
            Admission admission,
            ClaimReception claims,
            Reception reception,
            Telemetry telemetry,
            TenantDomain names,
            InstantSource clock) {
        this.admission = admission;
        this.reception = reception;
        this.telemetry = telemetry;
        this.provisioning = new Provisioning(claims, reception);
        this.names = names;
        this.clock = clock;
    }

    @Override
    public Optional<Welcome> connect(MqttConnect connect) {
        return connect.peer().chain().isEmpty() ? Optional.empty() : Optional.of(judge(connect));
    }

    private Welcome judge(MqttConnect connect) {
        ConnectionRequest request = new ConnectionRequest(
                DOOR + connect.channel().word(),
                names.tenant(connect.peer()),
                connect.clientId(),
                connect.peer().chain(),
                connect.peer().source());
        return switch (admission.admit(request)) {
            case Admitted.Claimant it -> claimant(request, it, connect);
            case Admitted.Known it -> device(request, it, connect);
            case Admitted.Refused it ->
                new Welcome.Refused(refusal(Problem.of(it.refusal()).category()));
        };
    }

    private static MqttRefusal refusal(Problem.Category category) {
        return switch (category) {
            case UNAVAILABLE -> MqttRefusal.UNAVAILABLE;
            case MALFORMED, TOO_LARGE, UNSUPPORTED, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT ->
                MqttRefusal.NOT_AUTHORIZED;
        };
    }

    /// Nothing that a claim may say could be a will.
    private Welcome claimant(ConnectionRequest request, Admitted.Claimant claimant, MqttConnect connect) {
        if (connect.will().isPresent()) {
            return willRefused(request);
        }
        Owner owner = new Owner(
                CLAIMS,
                claimant.tenant().value(),
                claimant.claim() + "/" + connect.clientId(),
                Optional.of(new Owner.Crowd(claimant.claim().toString(), claimant.connections())));
        return new Welcome.Accepted(
                owner,
                new ClaimGuest(
                        provisioning, new Caller(request, claimant), new Seat(ends -> admission.stay(claimant, ends))));
    }

    private Welcome device(ConnectionRequest request, Admitted.Known known, MqttConnect connect) {
        DeviceGuest guest = new DeviceGuest(
                known, telemetry, reception, request, new Seat(ends -> admission.stay(known, ends)), clock);
        if (connect.will().filter(will -> !guest.mayPublish(will.message())).isPresent()) {
            return willRefused(request);
        }
        Owner owner = new Owner(
                DEVICES,
                known.device().tenant().value(),
                known.device().registrationId().canonical() + "/" + connect.clientId());
        return new Welcome.Accepted(owner, guest);
    }

    private Welcome willRefused(ConnectionRequest request) {
        var _ = reception.turnAway(request.door(), new Refusal.NotPermitted("the will"), request.source());
        return new Welcome.Refused(MqttRefusal.WILL_NOT_AUTHORIZED);
    }
}
