package io.muster.doors.aws;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.muster.core.device.Bytes;
import io.muster.core.door.Refusal;
import io.muster.doors.listener.forms.StrictJson;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads the payload of a request: an object, or nothing at all. Members that are not known are tolerated, for the Java
/// SDK sends one and newer ones may send more.
final class RequestReader {

    /// AWS takes as much of RegisterThing; a certificate request is smaller.
    static final int MAX_BYTES = 10_240;

    private static final int MAX_PARAMETERS = 100;
    private static final int MAX_NAME = 2_048;
    private static final int MAX_VALUE = 4_096;

    private final StrictJson json = new StrictJson();
    private final StrictCbor cbor = new StrictCbor();

    /// What reading comes to.
    sealed interface Reading {

        record Read(RequestPayload payload) implements Reading {}

        record Unreadable(Refusal refusal) implements Reading {}
    }

    Reading read(Format format, Bytes payload) {
        if (payload.size() == 0) {
            return new Reading.Read(RequestPayload.EMPTY);
        }
        if (payload.size() > MAX_BYTES) {
            return new Reading.Unreadable(new Refusal.TooLarge("The payload", MAX_BYTES));
        }
        try (JsonParser parser = parser(format, payload)) {
            RequestPayload read = object(parser);
            StrictJson.end(parser);
            return new Reading.Read(read);
        } catch (CharacterCodingException _) {
            return malformed("The payload is not UTF-8.");
        } catch (JacksonException _) {
            return malformed("The payload is not the object that is wanted here, or breaks a bound (unique names,"
                    + " at most " + StrictJson.MAX_DEPTH + " levels, " + MAX_PARAMETERS + " parameters of "
                    + MAX_VALUE + " characters).");
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    private JsonParser parser(Format format, Bytes payload) throws IOException {
        return switch (format) {
            case JSON ->
                json.parser(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(payload.view())
                        .toString());
            case CBOR -> cbor.parser(payload);
        };
    }

    private static Reading malformed(String what) {
        return new Reading.Unreadable(new Refusal.MalformedRequest(what));
    }

    private static RequestPayload object(JsonParser parser) throws IOException {
        String signingRequest = "";
        String ownershipToken = "";
        Map<String, String> parameters = Map.of();
        require(parser, JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "certificateSigningRequest" -> signingRequest = string(parser, value);
                case "certificateOwnershipToken" -> ownershipToken = string(parser, value);
                case "parameters" -> parameters = parameters(parser, value);
                default -> StrictCbor.skip(parser);
            }
        }
        return new RequestPayload(signingRequest, ownershipToken, parameters);
    }

    private static void require(JsonParser parser, JsonToken wanted) throws IOException {
        if (parser.nextToken() != wanted) {
            throw new JsonParseException(parser, "not an object");
        }
    }

    private static String string(JsonParser parser, JsonToken value) throws IOException {
        if (value != JsonToken.VALUE_STRING) {
            throw new JsonParseException(parser, "not a string");
        }
        return StrictJson.string(parser);
    }

    /// The SDKs write null for none.
    private static Map<String, String> parameters(JsonParser parser, JsonToken value) throws IOException {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (value == JsonToken.VALUE_NULL) {
            return parameters;
        }
        if (value != JsonToken.START_OBJECT) {
            throw new JsonParseException(parser, "not an object");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            String text = string(parser, parser.nextToken());
            if (name.length() > MAX_NAME || text.length() > MAX_VALUE || parameters.size() == MAX_PARAMETERS) {
                throw new JsonParseException(parser, "too large");
            }
            parameters.put(name, text);
        }
        return parameters;
    }
}
