package io.muster.doors.dps;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.muster.core.device.Bytes;
import io.muster.core.device.Json;
import io.muster.doors.listener.Base64Text;
import io.muster.doors.listener.forms.StrictJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The body of a registration: `{"registrationId":"…","payload":…,"tpm":{…}}`. Fields that are not known are tolerated,
/// for newer API versions add some; an empty body says nothing.
///
/// @param registrationId as in the body
/// @param payload        what the device says of itself; JSON that came inside a string is taken out of it
/// @param tpm            the keys of a device that proves itself with a TPM
record RegistrationBody(Optional<String> registrationId, Optional<Json> payload, Optional<Tpm> tpm) {

    /// Two public areas (TPM2B_PUBLIC), as the chip gives them.
    record Tpm(Bytes endorsementKey, Bytes storageRootKey) {}

    /// What reading a body comes to.
    sealed interface Read {
        record Body(RegistrationBody body) implements Read {}

        /// @param what what is wrong, in words, with nothing of the input in it
        record Malformed(String what) implements Read {}
    }

    static Read read(StrictJson json, Bytes bytes) {
        if (bytes.size() == 0) {
            return new Read.Body(new RegistrationBody(Optional.empty(), Optional.empty(), Optional.empty()));
        }
        try {
            return new Read.Body(parse(json, utf8(bytes)));
        } catch (CharacterCodingException _) {
            return new Read.Malformed("The body is not UTF-8");
        } catch (JacksonException e) {
            return new Read.Malformed("The body is not the JSON object that is wanted here, or breaks a bound (unique"
                    + " names, at most " + StrictJson.MAX_DEPTH + " levels, finite numbers, keys of a TPM in base64)"
                    + where(e));
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    private static String where(JacksonException e) {
        return e.getLocation() == null ? "" : ": column " + e.getLocation().getColumnNr();
    }

    private static String utf8(Bytes bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes.toArray()))
                .toString();
    }

    private static RegistrationBody parse(StrictJson json, String text) throws IOException {
        Optional<String> registrationId = Optional.empty();
        Optional<Json> payload = Optional.empty();
        Optional<Tpm> tpm = Optional.empty();
        try (JsonParser parser = json.parser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonParseException(parser, "not an object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "registrationId" -> registrationId = Optional.of(requireString(parser, value));
                    case "payload" -> payload = payload(json, parser, value);
                    case "tpm" -> tpm = tpm(json, parser, value);
                    default -> json.skip(parser);
                }
            }
            StrictJson.end(parser);
        }
        return new RegistrationBody(registrationId, payload, tpm);
    }

    private static String requireString(JsonParser parser, JsonToken value) throws IOException {
        if (value != JsonToken.VALUE_STRING) {
            throw new JsonParseException(parser, "not a string");
        }
        return StrictJson.string(parser);
    }

    private static Optional<Tpm> tpm(StrictJson json, JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return Optional.empty();
        }
        if (value != JsonToken.START_OBJECT) {
            throw new JsonParseException(parser, "not an object");
        }
        Json keys = json.copy(parser);
        return Optional.of(
                new Tpm(key(json, parser, keys, "endorsementKey"), key(json, parser, keys, "storageRootKey")));
    }

    private static Bytes key(StrictJson json, JsonParser parser, Json keys, String name) throws IOException {
        Optional<Json> field = json.field(keys, name);
        Optional<String> text = field.isEmpty() ? Optional.empty() : json.text(field.get());
        byte[] base64 = text.orElseThrow(() -> new JsonParseException(parser, "not two strings"))
                .getBytes(StandardCharsets.UTF_8);
        return switch (Base64Text.read(Bytes.of(base64))) {
            case Base64Text.Reading.Read(Bytes octets) -> octets;
            case Base64Text.Reading.Malformed _ -> throw new JsonParseException(parser, "not base64");
        };
    }

    /// The Java SDK sends the caller's JSON as a string, the others send the value itself: both are kept as the value.
    /// A string that holds no object and no array is a string.
    private static Optional<Json> payload(StrictJson json, JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return Optional.empty();
        }
        if (value == JsonToken.VALUE_STRING) {
            String inner = StrictJson.string(parser).strip();
            if (inner.startsWith("{") || inner.startsWith("[")) {
                return Optional.of(innerValue(json, inner).orElse(json.copy(parser)));
            }
        }
        return Optional.of(json.copy(parser));
    }

    private static Optional<Json> innerValue(StrictJson json, String inner) throws IOException {
        try {
            return Optional.of(json.single(inner));
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }
}
