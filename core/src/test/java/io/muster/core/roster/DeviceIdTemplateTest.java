package io.muster.core.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.testkit.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceIdTemplateTest {

    @ParameterizedTest
    @CsvSource({
        "{registrationId}, Pump-1",
        "dev:{registrationId}, dev:Pump-1",
        "{tenant}.{enrollment}.{registrationId}, acme.pumps.Pump-1",
        "{registrationId}-{registrationId}, Pump-1-Pump-1",
    })
    void every_place_is_filled(String template, String made) {
        DeviceIdTemplate parsed = DeviceIdTemplate.parse(template).orElseThrow();
        assertThat(parsed.apply(new Name("acme"), new Name("pumps"), Sample.id("Pump-1")))
                .isEqualTo(made);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pump",
                "{tenant}-{enrollment}",
                "{registrationid}",
                "{registrationId",
                "{registrationId}}",
                "{registrationId}{serial}",
                "{registrationId}/x",
                "../{registrationId}",
                "{registrationId} ",
                "{registrationId}\u0000",
                "\u202e{registrationId}",
                "${registrationId}",
                "{registrationId}.",
                "{enroll{registrationId}ment}",
                "{registra{enrollment}tionId}",
            })
    void what_would_never_make_a_device_id_is_refused_when_it_is_set(String template) {
        assertThat(DeviceIdTemplate.parse(template)).isEmpty();
    }

    @Test
    void every_template_that_parses_makes_an_id_of_a_short_name() {
        for (String template : new String[] {"{registrationId}", "x.{registrationId}", "{tenant}.{registrationId}:"}) {
            String made = DeviceIdTemplate.parse(template)
                    .orElseThrow()
                    .apply(new Name("acme"), new Name("pumps"), Sample.PUMP_1);
            assertThat(RegistrationId.parse(made)).isPresent();
        }
    }

    @Test
    void a_template_is_no_longer_than_an_id() {
        String place = "{registrationId}";
        assertThat(DeviceIdTemplate.parse("x".repeat(128 - place.length()) + place))
                .isPresent();
        assertThat(DeviceIdTemplate.parse("x".repeat(129 - place.length()) + place))
                .isEmpty();
    }
}
