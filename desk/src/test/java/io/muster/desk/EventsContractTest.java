package io.muster.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.DeviceState;
import io.muster.core.ledger.Event;
import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The document of what other systems are told.
final class EventsContractTest {

    @Test
    void anybody_may_read_which_events_there_are_and_all_of_them_stand_there() {
        try (OpenDesk desk = new OpenDesk();
                Operator stranger = desk.stranger(Optional.empty())) {
            var answer = stranger.get("/asyncapi.yaml");
            assertThat(answer.status()).isEqualTo(200);
            LoaderOptions strict = new LoaderOptions();
            strict.setAllowDuplicateKeys(false);
            Map<String, Object> read = new Yaml(new SafeConstructor(strict)).load(answer.text());
            JsonObject schemas =
                    new JsonObject(read).getJsonObject("components").getJsonObject("schemas");
            assertThat(words(schemas, "Event", "type"))
                    .containsExactlyElementsOf(Arrays.stream(Event.Type.values())
                            .map(type -> "io.muster.device." + word(type))
                            .toList());
            assertThat(words(schemas, "Portrait", "state"))
                    .containsExactlyElementsOf(Arrays.stream(DeviceState.values())
                            .map(EventsContractTest::word)
                            .toList());
        }
    }

    private static Stream<String> words(JsonObject schemas, String schema, String property) {
        return schemas
                .getJsonObject(schema)
                .getJsonObject("properties")
                .getJsonObject(property)
                .getJsonArray("enum")
                .stream()
                .map(String::valueOf);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
