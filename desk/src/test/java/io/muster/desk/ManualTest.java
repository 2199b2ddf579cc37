package io.muster.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import io.muster.desk.wire.Contract;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The contract as others read it: a validator that is not the desk's, and people.
final class ManualTest {

    @Test
    void an_independent_validator_finds_nothing_wrong_with_the_contract() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        SwaggerParseResult read = new OpenAPIV3Parser()
                .readContents(new String(Contract.read().text(), StandardCharsets.UTF_8), null, options);
        assertThat(read.getMessages()).isEmpty();
        try (OpenDesk desk = new OpenDesk();
                Operator operator = desk.operator()) {
            long operations = read.getOpenAPI().getPaths().values().stream()
                    .mapToLong(path -> path.readOperations().size())
                    .sum();
            assertThat(operations).isEqualTo(operator.contract().operations().size());
        }
    }

    @Test
    void the_page_shows_every_operation_and_loads_nothing_from_elsewhere() {
        try (OpenDesk desk = new OpenDesk();
                Operator stranger = desk.stranger(Optional.empty())) {
            var answer = stranger.get("/docs");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.contentType()).startsWith("text/html");
            stranger.contract().operations().forEach(operation -> assertThat(answer.text())
                    .as(operation.getOperationId())
                    .contains("<section id=\"" + operation.getOperationId() + "\">"));
            assertThat(answer.text())
                    .contains("Takes the permission <code>manage_keys</code>")
                    .contains("schema-AccessKey")
                    .doesNotContain("<script")
                    .doesNotContain("src=")
                    .doesNotContain("http://");
            assertThat(answer.raw().headers().firstValue("Content-Security-Policy"))
                    .get()
                    .asString()
                    .startsWith("default-src 'none'; style-src 'sha256-");
        }
    }
}
