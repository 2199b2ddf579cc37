package io.muster.doors.dps;

import io.muster.core.device.RegistrationId;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Problem;
import io.muster.core.door.Reception;
import io.muster.core.door.Refusal;
import io.muster.doors.mqtt.MqttConnect;
import io.muster.doors.mqtt.MqttDoor;
import io.muster.doors.mqtt.MqttRefusal;
import io.muster.doors.mqtt.Owner;
import io.muster.doors.mqtt.Welcome;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;

/// The DPS device API over MQTT, as the published Azure SDKs speak it. A device says who it is in its user name, and
/// proves it by a token as its password or by the certificate of the handshake.
public final class DpsMqttDoor implements MqttDoor {

    private static final String OWNERS = "dps";

    private final Reception reception;
    private final Registrations registrations;

    public DpsMqttDoor(Reception reception, InstantSource clock) {
        this.reception = reception;
        this.registrations = new Registrations(reception, clock);
    }

    @Override
    public Optional<Welcome> connect(MqttConnect connect) {
        return connect.userName().flatMap(DpsUserName::parse).map(name -> judge(name, connect));
    }

    private Welcome judge(DpsUserName name, MqttConnect connect) {
        DpsCall call = new DpsCall(
                "dps-" + connect.channel().word(),
                new DpsPath.LookUp(name.scope(), name.registrationId()),
                name.version(),
                connect.password().map(secret -> new String(secret.reveal(), StandardCharsets.UTF_8)),
                DpsCall.NO_BODY,
                connect.peer());
        return switch (registrations.greeting(call)) {
            case DpsRequest.Unreadable(Refusal.MalformedRegistrationId _) -> refused(MqttRefusal.CLIENT_ID_INVALID);
            case DpsRequest.Unreadable _ -> refused(MqttRefusal.NOT_AUTHORIZED);
            case DpsRequest.LookUp(var request) -> judge(request, call, name, connect);
            case DpsRequest.Register _, DpsRequest.Status _ ->
                throw new IllegalStateException("a look-up was read as something else");
        };
    }

    private Welcome judge(EnrollmentRequest request, DpsCall call, DpsUserName name, MqttConnect connect) {
        Optional<RegistrationId> client = RegistrationId.parse(connect.clientId());
        if (!client.equals(Optional.of(request.registrationId()))) {
            return refused(MqttRefusal.CLIENT_ID_INVALID);
        }
        if (connect.will().isPresent()) {
            return refused(MqttRefusal.WILL_NOT_AUTHORIZED);
        }
        return greet(request)
                .<Welcome>map(Welcome.Refused::new)
                .orElseGet(() -> new Welcome.Accepted(
                        new Owner(OWNERS, name.scope(), request.registrationId().canonical()),
                        new DpsGuest(registrations, call, name)));
    }

    /// A stranger is told so at once, and closes nobody's connection. Why is for the operator: the attempt is kept as
    /// any other.
    private Optional<MqttRefusal> greet(EnrollmentRequest request) {
        return reception
                .greet(request)
                .map(refused -> Problem.of(refused.refusal()))
                .map(problem -> switch (problem.category()) {
                    case UNAVAILABLE -> MqttRefusal.UNAVAILABLE;
                    case MALFORMED, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, UNSUPPORTED, CONFLICT, TOO_LARGE ->
                        MqttRefusal.NOT_AUTHORIZED;
                });
    }

    private static Welcome refused(MqttRefusal refusal) {
        return new Welcome.Refused(refusal);
    }
}
