package io.muster.core.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.door.CertificateRequest.AlternativeName;
import io.muster.core.testkit.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameTemplateTest {

    @Test
    void it_makes_a_name_from_the_canonical_identity() {
        NameTemplate template =
                NameTemplate.parse("dns:{registrationId}.{tenant}.example.com").orElseThrow();
        assertThat(template.fill(Sample.ACME.name(), Sample.id("PUMP-1"))).isEqualTo("pump-1.acme.example.com");
        assertThat(template).hasToString("dns:{registrationId}.{tenant}.example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dns:",
                "dns:fixed.example.com",
                "dns:{registrationId}.{registrationId}",
                "dns:*.{registrationId}",
                "ip:{registrationId}",
                "uri:{other}{registrationId}",
                "uri:with space{registrationId}",
                "{registrationId}"
            })
    void a_name_that_would_not_be_the_devices_own_is_no_template(String written) {
        assertThat(NameTemplate.parse(written)).isEmpty();
    }

    @Test
    void it_knows_the_names_of_other_devices() {
        NameTemplate template =
                NameTemplate.parse("dns:{registrationId}.{tenant}.example.com").orElseThrow();
        assertThat(names(template, "pump-2.acme.example.com")).isTrue();
        assertThat(names(template, "PUMP-2.ACME.EXAMPLE.COM")).isTrue();
        assertThat(names(template, "pump-1.acme.example.com")).isFalse();
        assertThat(names(template, ".acme.example.com")).isFalse();
        assertThat(names(template, "pump-2.example.com")).isFalse();
    }

    private static boolean names(NameTemplate template, String value) {
        return template.namesOther(
                Sample.ACME.name(), Sample.PUMP_1, new AlternativeName(AlternativeName.Kind.DNS, value));
    }
}
