package io.muster.doors.aws;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.muster.core.device.Bytes;
import io.muster.doors.listener.forms.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// CBOR of strangers (RFC 8949), bounded as JSON is: no duplicate names, at most so many levels, nothing behind the
/// value. Lengths may be definite or not.
final class StrictCbor {

    private static final int MAX_NUMBER = 64;

    private final CBORFactory factory = CBORFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(StrictJson.MAX_DEPTH)
                    .maxDocumentLength(RequestReader.MAX_BYTES)
                    .maxStringLength(RequestReader.MAX_BYTES)
                    .maxNameLength(RequestReader.MAX_BYTES)
                    .maxNumberLength(MAX_NUMBER)
                    .build())
            .build();

    JsonParser parser(Bytes payload) throws IOException {
        return factory.createParser(payload.toArray());
    }

    /// Steps over the value at which a parser stands, of JSON or of CBOR; it must end all the same.
    static void skip(JsonParser parser) throws IOException {
        int depth = 0;
        for (JsonToken token = parser.currentToken(); token != null; token = parser.nextToken()) {
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth == 0) {
                return;
            }
        }
        throw new JsonParseException(parser, "the value does not end");
    }

    /// Writes what `content` says.
    Bytes write(StrictJson.Content content) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (JsonGenerator cbor = factory.createGenerator(octets)) {
            content.to(cbor);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return Bytes.of(octets.toByteArray());
    }
}
