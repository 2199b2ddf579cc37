package io.muster.doors.aws;

import io.muster.core.device.Bytes;
import io.muster.core.device.KeyAlgorithm;
import io.muster.core.door.ClaimReception;
import io.muster.core.door.Creating;
import io.muster.core.door.CreationRequest;
import io.muster.core.door.CreationRequest.Wanted;
import io.muster.core.door.Outcome;
import io.muster.core.door.Reception;
import io.muster.core.door.Refusal;
import io.muster.core.door.Registering;
import io.muster.core.door.RegistrationRequest;
import io.muster.doors.listener.forms.RequestText;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fleet provisioning: a request comes in, an answer goes out.
final class Provisioning {

    private static final Logger LOG = LoggerFactory.getLogger(Provisioning.class);

    private final ClaimReception claims;
    private final Reception reception;
    private final RequestReader reader = new RequestReader();
    private final AnswerForm answers = new AnswerForm();

    Provisioning(ClaimReception claims, Reception reception) {
        this.claims = claims;
        this.reception = reception;
    }

    /// A fault is ours, never the device's: it is told a number that leads to the log and nothing of the fault.
    AwsReply answer(Caller caller, AwsTopic topic, Bytes payload) {
        try {
            return switch (reader.read(topic.format(), payload)) {
                case RequestReader.Reading.Unreadable it -> turnedAway(caller, topic, it.refusal());
                case RequestReader.Reading.Read it -> serve(caller, topic, it.payload());
            };
        } catch (RuntimeException e) {
            UUID reference = UUID.randomUUID();
            LOG.error("A request for provisioning failed; the device was told the reference {}.", reference, e);
            return answers.fault(topic, reference);
        }
    }

    private AwsReply serve(Caller caller, AwsTopic topic, RequestPayload payload) {
        return switch (topic) {
            // What AWS's CreateKeysAndCertificate makes: a key of RSA, where the profile has that.
            case AwsTopic.Create _ -> created(caller, topic, new Wanted.WithKey(KeyAlgorithm.RSA));
            case AwsTopic.CreateFromCsr _ ->
                switch (RequestText.read(payload.signingRequest(), "certificateSigningRequest")) {
                    case RequestText.Reading.Refused it -> turnedAway(caller, topic, it.refusal());
                    case RequestText.Reading.Read it -> created(caller, topic, new Wanted.ForKey(it.request()));
                };
            case AwsTopic.Register _ -> registered(caller, topic, payload);
        };
    }

    private AwsReply created(Caller caller, AwsTopic topic, Wanted wanted) {
        CreationRequest request = new CreationRequest(
                caller.connection().door(),
                caller.claimant(),
                wanted,
                caller.connection().source());
        return switch (claims.create(request)) {
            case Creating.Created it -> answers.created(topic, it);
            case Creating.Refused it -> answers.refused(topic, it.refusal(), it.attempt());
        };
    }

    private AwsReply registered(Caller caller, AwsTopic topic, RequestPayload payload) {
        RegistrationRequest request = new RegistrationRequest(
                caller.connection().door(),
                caller.claimant(),
                caller.claimant().enrollment(),
                payload.ownershipToken(),
                payload.parameters(),
                caller.connection().source(),
                caller.connection().clientId());
        return switch (claims.register(request)) {
            case Registering.Registered it -> answers.registered(topic, it);
            case Registering.Refused it -> answers.refused(topic, it.refusal(), it.attempt());
        };
    }

    private AwsReply turnedAway(Caller caller, AwsTopic topic, Refusal refusal) {
        return answers.refused(topic, refusal, turnAway(caller, refusal).attempt());
    }

    /// Whoever names the template of another enrollment cannot be told so: it may not await an answer there.
    void turnAwayFromTemplate(Caller caller) {
        var _ = turnAway(
                caller,
                new Refusal.ClaimOfOtherEnrollment(
                        caller.claimant().enrollment().value()));
    }

    private Outcome.Refused turnAway(Caller caller, Refusal refusal) {
        return reception.turnAway(
                caller.connection().door(), refusal, caller.connection().source());
    }
}
