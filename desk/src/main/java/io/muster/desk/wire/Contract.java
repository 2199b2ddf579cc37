package io.muster.desk.wire;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The contract of the admin API: as text, to be served, and as a document, to be kept.
public final class Contract {

    private static final String RESOURCE = "/io/muster/desk/openapi.yaml";
    private static final String EVENTS = "/io/muster/desk/asyncapi.yaml";

    private final byte[] text;

    private Contract(byte[] text) {
        this.text = text;
    }

    public static Contract read() {
        return new Contract(bytes(RESOURCE));
    }

    /// What other systems are told of devices (AsyncAPI).
    public static byte[] ofEvents() {
        return bytes(EVENTS);
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = Contract.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the desk's jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] text() {
        return text.clone();
    }

    /// The document as the validator of Vert.x can read it; the text that is served keeps the true form. It knows no
    /// `application/problem+json` (RFC 9457), so here that type is called `application/json`. It reads patterns as
    /// Java does, where `$` also matches before a last line break; the contract means ECMAScript's `$`. Who may
    /// come is the gate's affair: the security requirements are left out, the router would want providers for them.
    public JsonObject document() {
        JsonObject document = object(written());
        document.remove("security");
        ifMatch(document).remove("pattern");
        return document;
    }

    /// The validator takes what stands in quotes for JSON, and the quotes away. What matches
    /// is looked at where it counts.
    private static JsonObject ifMatch(JsonObject document) {
        return document.getJsonObject("components")
                .getJsonObject("parameters")
                .getJsonObject("IfMatch")
                .getJsonObject("schema");
    }

    /// The document as it is written.
    public Map<?, ?> written() {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(strict)).load(new String(text, StandardCharsets.UTF_8));
    }

    private static JsonObject object(Map<?, ?> yaml) {
        Map<String, Object> json = new LinkedHashMap<>();
        yaml.forEach((key, value) -> json.put(readable(String.valueOf(key)), json(String.valueOf(key), value)));
        return new JsonObject(json);
    }

    private static Object json(String key, Object value) {
        return switch (value) {
            case Map<?, ?> map -> object(map);
            case List<?> list ->
                new JsonArray(list.stream().map(item -> json("", item)).toList());
            case String text
            when key.equals("pattern") && text.endsWith("$") -> text.substring(0, text.length() - 1) + "\\z";
            default -> value;
        };
    }

    private static String readable(String key) {
        return key.equals("application/problem+json") ? "application/json" : key;
    }
}
