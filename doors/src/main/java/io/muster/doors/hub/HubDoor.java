package io.muster.doors.hub;

import io.muster.core.door.Admitted;
import io.muster.core.door.HubAdmission;
import io.muster.core.door.HubRequest;
import io.muster.core.door.HubRequest.Shown;
import io.muster.core.door.Problem;
import io.muster.core.door.Reception;
import io.muster.core.door.Refusal;
import io.muster.core.telemetry.Telemetry;
import io.muster.doors.listener.TenantDomain;
import io.muster.doors.mqtt.MqttConnect;
import io.muster.doors.mqtt.MqttDoor;
import io.muster.doors.mqtt.MqttGuest;
import io.muster.doors.mqtt.MqttRefusal;
import io.muster.doors.mqtt.Owner;
import io.muster.doors.mqtt.Seat;
import io.muster.doors.mqtt.Welcome;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/// Devices at the hub that they were assigned to: those that speak as Azure's device SDKs do, and those that show a
/// token and speak plain MQTT. Plain MQTT with a certificate is the AWS door's.
public final class HubDoor implements MqttDoor {

    private static final String OWNERS = "hub";
    private static final String AZURE = "hub-azure-";
    private static final String PLAIN = "hub-";

    private final HubAdmission admission;
    private final Reception reception;
    private final Telemetry telemetry;
    private final TenantDomain names;
    private final InstantSource clock;

    /// @param reception counts what this door refuses by itself
    /// @param telemetry takes what devices say
    /// @param names     tells a tenant by the name that was asked for
    public HubDoor(
            HubAdmission admission, Reception reception, Telemetry telemetry, TenantDomain names, InstantSource clock) {
        this.admission = admission;
        this.reception = reception;
        this.telemetry = telemetry;
        this.names = names;
        this.clock = clock;
    }

    @Override
    public Optional<Welcome> connect(MqttConnect connect) {
        Optional<AzureUserName> azure = connect.userName().flatMap(AzureUserName::parse);
        return azure.isPresent() ? azure.map(it -> azure(connect, it)) : plain(connect);
    }

    private Welcome azure(MqttConnect connect, AzureUserName name) {
        String door = AZURE + connect.channel().word();
        if (name.module().isPresent()) {
            return refused(door, connect, new Refusal.Unsupported("a module"), MqttRefusal.NOT_AUTHORIZED);
        }
        return shown(connect)
                .map(shown -> judge(
                        connect,
                        new HubRequest(
                                door,
                                names.tenant(connect.peer()),
                                Optional.of(name.host().toLowerCase(Locale.ROOT)),
                                name.deviceId(),
                                connect.clientId(),
                                shown,
                                connect.peer().source())))
                .orElseGet(() -> refused(door, connect, new Refusal.EvidenceMissing(), MqttRefusal.NOT_AUTHORIZED));
    }

    /// A device with both means the token.
    private static Optional<Shown> shown(MqttConnect connect) {
        Optional<Shown> token = connect.password().flatMap(TokenPassword::parse).map(Shown.class::cast);
        return token.or(
                () -> connect.password().isPresent() || connect.peer().chain().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Shown.Certificate(connect.peer().chain())));
    }

    private Optional<Welcome> plain(MqttConnect connect) {
        Optional<PlainUserName> name =
                connect.peer().chain().isEmpty() ? connect.userName().flatMap(PlainUserName::parse) : Optional.empty();
        Optional<Shown.Token> token = connect.password().flatMap(TokenPassword::parse);
        return name.flatMap(device -> token.map(shown -> judge(
                connect,
                new HubRequest(
                        PLAIN + connect.channel().word(),
                        device.scope().or(() -> names.tenant(connect.peer())),
                        Optional.empty(),
                        device.id(),
                        connect.clientId(),
                        shown,
                        connect.peer().source()))));
    }

    private Welcome judge(MqttConnect connect, HubRequest request) {
        return switch (admission.admit(request)) {
            case Admitted.Known it -> known(connect, request, it);
            case Admitted.Refused it ->
                new Welcome.Refused(refusal(Problem.of(it.refusal()).category()));
            case Admitted.Claimant _ -> throw new IllegalStateException("a claim is no device at a hub");
        };
    }

    private static MqttRefusal refusal(Problem.Category category) {
        return switch (category) {
            case UNAVAILABLE -> MqttRefusal.UNAVAILABLE;
            case MALFORMED, TOO_LARGE, UNSUPPORTED, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT ->
                MqttRefusal.NOT_AUTHORIZED;
        };
    }

    private Welcome known(MqttConnect connect, HubRequest request, Admitted.Known known) {
        Voice voice = new Voice(known, request, telemetry, reception, clock);
        if (connect.will().filter(will -> !voice.mayPublish(will.message())).isPresent()) {
            return refused(
                    request.door(), connect, new Refusal.NotPermitted("the will"), MqttRefusal.WILL_NOT_AUTHORIZED);
        }
        Seat seat = new Seat(ends -> admission.stay(known, ends));
        MqttGuest guest = request.host().isPresent() ? new AzureGuest(voice, seat) : new PlainGuest(voice, seat);
        Owner owner = new Owner(
                OWNERS,
                known.device().tenant().value(),
                known.device().registrationId().canonical());
        return new Welcome.Accepted(owner, guest);
    }

    private Welcome refused(String door, MqttConnect connect, Refusal refusal, MqttRefusal told) {
        var _ = reception.turnAway(door, refusal, connect.peer().source());
        return new Welcome.Refused(told);
    }
}
