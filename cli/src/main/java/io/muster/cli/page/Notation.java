package io.muster.cli.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;

/// Values as JSON and YAML. Both leave nothing but printable ASCII: everything else is escaped, so that a file or
/// terminal gets what a device said of itself as harmless text, and a parser gets all of it.
final class Notation {

    private static final int DELETE = 0x7f;

    private final ObjectWriter compact;
    private final ObjectWriter indented;
    private final ObjectWriter yaml;

    Notation() {
        JsonMapper json =
                JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
        var printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        this.compact = json.writer().with(new DeleteToo());
        this.indented = json.writer(printer).with(new DeleteToo());
        DumperOptions ascii = new DumperOptions();
        ascii.setAllowUnicode(false);
        ascii.setSplitLines(false);
        this.yaml = new YAMLMapper(YAMLFactory.builder()
                        .dumperOptions(ascii)
                        .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                        .build())
                .writer();
    }

    String compact(JsonNode value) {
        return written(compact, value);
    }

    String indented(JsonNode value) {
        return written(indented, value);
    }

    /// With a line break at its end.
    String yaml(JsonNode value) {
        String text = written(yaml, value);
        return text.endsWith("\n") ? text : text + "\n";
    }

    private static String written(ObjectWriter writer, JsonNode value) {
        try {
            return writer.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A JSON tree can always be written", e);
        }
    }

    /// RFC 8259 lets a JSON text hold U+007F as it is; a terminal takes it for a command.
    private static final class DeleteToo extends CharacterEscapes {
        private static final long serialVersionUID = 1;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] escapes = standardAsciiEscapesForJSON();
            escapes[DELETE] = ESCAPE_STANDARD;
            return escapes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int character) {
            return null;
        }
    }
}
