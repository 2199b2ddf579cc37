package io.muster.doors.aws;

import com.fasterxml.jackson.core.JsonGenerator;
import io.muster.core.device.Bytes;
import io.muster.core.device.Secret;
import io.muster.core.door.AttemptId;
import io.muster.core.door.Creating;
import io.muster.core.door.Problem;
import io.muster.core.door.Refusal;
import io.muster.core.door.Registering;
import io.muster.doors.listener.forms.CertificateText;
import io.muster.doors.listener.forms.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// Answers as the AWS SDKs read them: flat, with exactly the members that they know.
final class AnswerForm {

    private final StrictJson json = new StrictJson();
    private final StrictCbor cbor = new StrictCbor();

    /// The certificate alone, as AWS sends it: who trusts the issuer has it already.
    AwsReply created(AwsTopic topic, Creating.Created created) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("certificateId", created.certificateId());
        members.put(
                "certificatePem", CertificateText.pem(List.of(created.issued().certificate())));
        created.issued().privateKey().ifPresent(key -> members.put("privateKey", pem(key)));
        members.put("certificateOwnershipToken", created.ownershipToken());
        return reply(topic.accepted(), topic, answer -> strings(answer, members));
    }

    /// PKCS#8 (RFC 7468 section 10).
    private static String pem(Secret key) {
        Base64.Encoder columns = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return "-----BEGIN PRIVATE KEY-----\n"
                + new String(columns.encode(key.reveal()), StandardCharsets.US_ASCII)
                + "\n-----END PRIVATE KEY-----\n";
    }

    AwsReply registered(AwsTopic topic, Registering.Registered registered) {
        Map<String, String> configuration = new TreeMap<>(registered.configuration());
        return reply(topic.accepted(), topic, answer -> {
            answer.writeStartObject(registered, 2);
            answer.writeFieldName("deviceConfiguration");
            strings(answer, configuration);
            answer.writeStringField("thingName", registered.device().deviceId());
            answer.writeEndObject();
        });
    }

    AwsReply refused(AwsTopic topic, Refusal refusal, AttemptId attempt) {
        AwsError error = AwsError.of(refusal);
        return rejected(topic, error, Problem.of(refusal).title() + " (attempt " + attempt + ").");
    }

    AwsReply fault(AwsTopic topic, UUID reference) {
        return rejected(topic, AwsError.FAULT, "The server failed on this request (reference " + reference + ").");
    }

    private AwsReply rejected(AwsTopic topic, AwsError error, String message) {
        return reply(topic.rejected(), topic, answer -> {
            answer.writeStartObject(error, 3);
            answer.writeNumberField("statusCode", error.statusCode());
            answer.writeStringField("errorCode", error.code());
            answer.writeStringField("errorMessage", message);
            answer.writeEndObject();
        });
    }

    private AwsReply reply(String where, AwsTopic topic, StrictJson.Content content) {
        Bytes payload =
                switch (topic.format()) {
                    case JSON -> Bytes.of(json.write(content).getBytes(StandardCharsets.UTF_8));
                    case CBOR -> cbor.write(content);
                };
        return new AwsReply(where, payload);
    }

    /// The number of members is said before: CBOR readers on small devices like to know.
    private static void strings(JsonGenerator answer, Map<String, String> members) throws IOException {
        answer.writeStartObject(members, members.size());
        for (Map.Entry<String, String> member : members.entrySet()) {
            answer.writeStringField(member.getKey(), member.getValue());
        }
        answer.writeEndObject();
    }
}
