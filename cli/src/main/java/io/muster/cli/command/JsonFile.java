package io.muster.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A file with one JSON object that an option names.
record JsonFile(JsonNode object) {

    /// Reads the file, or says why it cannot be read.
    static final class Reader implements ITypeConverter<JsonFile> {
        @Override
        public JsonFile convert(String value) {
            TextFile file = new TextFile.Reader().convert(value);
            try {
                JsonNode json = JsonMapper.builder()
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .build()
                        .readTree(file.text());
                if (json.isObject()) {
                    return new JsonFile(json);
                }
                throw new TypeConversionException(value + " holds no JSON object");
            } catch (JsonProcessingException e) {
                throw new TypeConversionException(value + " is not JSON: " + e.getOriginalMessage());
            }
        }
    }
}
