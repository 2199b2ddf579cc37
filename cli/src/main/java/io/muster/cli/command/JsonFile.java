package io.muster.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// One JSON object that an option names, or brings.
record JsonFile(JsonNode object) {

    /// Reads the file, or says why it cannot be read.
    static final class Reader implements ITypeConverter<JsonFile> {
        @Override
        public JsonFile convert(String value) {
            return parsed(value, new TextFile.Reader().convert(value).text());
        }
    }

    /// Reads the option's own text.
    static final class TextReader implements ITypeConverter<JsonFile> {
        @Override
        public JsonFile convert(String value) {
            return parsed("The text", value);
        }
    }

    private static JsonFile parsed(String what, String text) {
        try {
            JsonNode json = JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .readTree(text);
            if (json.isObject()) {
                return new JsonFile(json);
            }
            throw new TypeConversionException(what + " holds no JSON object");
        } catch (JsonProcessingException e) {
            throw new TypeConversionException(what + " is not JSON: " + e.getOriginalMessage());
        }
    }
}
