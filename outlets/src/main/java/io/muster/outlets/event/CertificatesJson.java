package io.muster.outlets.event;

import com.fasterxml.jackson.core.JsonGenerator;
import io.muster.core.ledger.Event;
import java.io.IOException;

/// What an event did to the device's certificates.
final class CertificatesJson {

    void write(Event.Changed event, JsonGenerator json) throws IOException {
        if (!event.issued().isEmpty()) {
            json.writeArrayFieldStart("certificatesIssued");
            for (Event.Issued issued : event.issued()) {
                json.writeStartObject();
                json.writeStringField("serial", issued.serial().toString());
                json.writeStringField("profile", issued.profile());
                json.writeStringField("notAfter", issued.notAfter().toString());
                if (!issued.subject().isEmpty()) {
                    json.writeStringField("subject", issued.subject());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        if (!event.ended().isEmpty()) {
            json.writeArrayFieldStart("certificatesEnded");
            for (Event.Ended ended : event.ended()) {
                json.writeStartObject();
                json.writeStringField("serial", ended.serial().toString());
                json.writeStringField("state", EventJson.word(ended.state()));
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }
}
