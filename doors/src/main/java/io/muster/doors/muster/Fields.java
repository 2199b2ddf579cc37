package io.muster.doors.muster;

import com.fasterxml.jackson.core.JacksonException;
import io.muster.core.device.Bytes;
import io.muster.core.device.Json;
import io.muster.doors.listener.Base64Text;
import io.muster.doors.listener.forms.StrictJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The fields of a JSON object that may have these fields and no others. A field that is `null` is absent.
///
/// @param place  where the object stands: what comes before a field's name
/// @param values as sent
record Fields(StrictJson json, String place, Map<String, Json> values) {

    private static final Json NULL = new Json("null");

    /// Reads a whole body.
    static Fields of(StrictJson json, Bytes body, Set<String> known) throws Malformed {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.toArray()))
                    .toString();
            return known(new Fields(json, "", json.fields(text)), known);
        } catch (CharacterCodingException _) {
            throw new Malformed("The body is not UTF-8");
        } catch (JacksonException e) {
            throw new Malformed("The body is not a JSON object, or breaks a bound (unique names, at most "
                    + StrictJson.MAX_DEPTH + " levels, finite numbers)" + where(e));
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    /// An object inside this one.
    Optional<Fields> object(String name, Set<String> known) throws Malformed {
        Optional<Json> value = any(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!value.get().isObject()) {
            throw new Malformed(said(name) + " is not an object");
        }
        try {
            return Optional.of(known(
                    new Fields(json, place + name + ".", json.fields(value.get().text())), known));
        } catch (IOException e) {
            throw new IllegalStateException("an object that was read before cannot be read", e);
        }
    }

    Optional<String> text(String name) throws Malformed {
        Optional<Json> value = any(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<String> text = json.text(value.get());
            if (text.isEmpty()) {
                throw new Malformed(said(name) + " is not a string");
            }
            return text;
        } catch (IOException e) {
            throw new IllegalStateException("a string that was read before cannot be read", e);
        }
    }

    /// Octets in base64.
    Optional<Bytes> octets(String name) throws Malformed {
        Optional<String> text = text(name);
        return text.isEmpty() ? Optional.empty() : Optional.of(decoded(name, text.get()));
    }

    /// Octets that must be there.
    Bytes required(String name) throws Malformed {
        return octets(name).orElseThrow(() -> new Malformed(said(name) + " is missing"));
    }

    Optional<Json> any(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.equals(NULL));
    }

    private Bytes decoded(String name, String text) throws Malformed {
        return switch (Base64Text.read(Bytes.of(text.getBytes(StandardCharsets.UTF_8)))) {
            case Base64Text.Reading.Read(Bytes octets) -> octets;
            case Base64Text.Reading.Malformed(String what) -> throw new Malformed(said(name) + " " + what);
        };
    }

    private static Fields known(Fields fields, Set<String> known) throws Malformed {
        if (!known.containsAll(fields.values().keySet())) {
            String where = fields.place().isEmpty() ? "" : " in " + fields.place();
            throw new Malformed("The body has a field that is not known here" + where);
        }
        return fields;
    }

    private String said(String name) {
        return "The field " + place + name;
    }

    private static String where(JacksonException e) {
        return e.getLocation() == null
                ? ""
                : ": line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }

    /// Names only: values may be secrets.
    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
