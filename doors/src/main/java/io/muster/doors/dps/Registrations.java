package io.muster.doors.dps;

import io.muster.core.door.Outcome;
import io.muster.core.door.Reception;
import io.muster.core.door.Refusal;
import io.muster.doors.listener.forms.StrictJson;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The DPS device API, whatever carries it: a call comes in, a reply goes out.
final class Registrations {

    private static final Logger LOG = LoggerFactory.getLogger(Registrations.class);

    private final Reception reception;
    private final RequestReader reader;
    private final DpsAnswers answers;

    Registrations(Reception reception, InstantSource clock) {
        StrictJson json = new StrictJson();
        this.reception = reception;
        this.reader = new RequestReader(json);
        this.answers = new DpsAnswers(json, clock);
    }

    /// A fault is ours, never the device's: it is answered in the form that the SDKs read, with a number that
    /// leads to the log and nothing of the fault.
    DpsReply answer(DpsCall call) {
        try {
            return serve(call);
        } catch (RuntimeException e) {
            UUID reference = UUID.randomUUID();
            LOG.error("A DPS request failed; the device was told the reference {}.", reference, e);
            return answers.fault(reference);
        }
    }

    private DpsReply serve(DpsCall call) {
        return switch (reader.read(call)) {
            case DpsRequest.Unreadable(Refusal refusal) -> answers.error(turnAway(refusal, call));
            case DpsRequest.Register(var request) ->
                answers.registration(request, reception.enroll(request), Optional.empty());
            case DpsRequest.Status(var request, var operation) ->
                answers.registration(request, reception.status(request, operation), Optional.of(operation));
            case DpsRequest.LookUp(var request) -> answers.state(request, reception.lookUp(request));
        };
    }

    /// What a device shows of itself when it connects to ask later, or why it cannot be read. A refusal is counted.
    DpsRequest greeting(DpsCall call) {
        DpsRequest request = reader.read(call);
        if (request instanceof DpsRequest.Unreadable(Refusal refusal)) {
            turnAway(refusal, call);
        }
        return request;
    }

    private Outcome.Refused turnAway(Refusal refusal, DpsCall call) {
        return reception.turnAway(call.door(), refusal, call.peer().source());
    }
}
