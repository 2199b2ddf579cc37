package io.muster.core.permission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The parts of a policy, each by itself.
class PartsTest {

    @ParameterizedTest
    @CsvSource({
        "*,5",
        "iot:*,5",
        "iot:Connect,1",
        "IOT:connect,1",
        "iot:*Publish,2",
        "iot:GetThingShadow,0",
        "greengrass:Discover,0",
        "s3:*,0",
        "i?t:Connect,1",
    })
    void an_action_names_those_that_are_asked_here(String written, int actions) {
        assertThat(ActionPattern.parse(written))
                .hasValueSatisfying(it -> assertThat(it.actions()).hasSize(actions));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "iot:Pubish", "iot:", ":Connect", "Connect", "iot:Connect:x", "iot:X*", "${iot:ClientId}"})
    void an_action_that_nobody_has_is_refused(String written) {
        assertThat(ActionPattern.parse(written)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "*,*",
        "topic/a/b,topic/a/b",
        "topicfilter/a/+/#,topicfilter/a/+/#",
        "client/${iot:ClientId},client/${iot:ClientId}",
        "arn:aws:iot:eu-central-1:123456789012:topic/a:b:c,topic/a:b:c",
        "arn:aws-cn:iot:*:*:client/*,client/*",
        "arn:*:iot:us-east-?:1234*:*,*",
        "arn:aws:iot:::topic*,topic*",
        "arn:aws:iot:*,*",
        "arn:*,*",
        "arn:aws:*:*,*",
        "arn:aws:i*:eu-1:1:topic/x,topic/x",
        "arn:aws:iot:eu-1:1:thing/x,thing/x",
        "arn:aws:iot:eu-1:1:?opic/x,?opic/x",
    })
    void region_and_account_of_a_resource_are_free(String written, String path) {
        assertThat(ResourcePattern.parse(written))
                .isInstanceOfSatisfying(Parsed.Good.class, good -> assertThat(((ResourcePattern) good.value()).path())
                        .map(Glob::written)
                        .contains(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"arn:aws:s3:::bucket", "arn:aws:greengrass:eu-1:1:/groups/x", "arn:aws:lambda:*"})
    void a_resource_of_another_service_is_none_that_is_asked_here(String written) {
        assertThat(ResourcePattern.parse(written))
                .isEqualTo(new Parsed.Good<>(new ResourcePattern(written, Optional.empty())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "topics/a",
                "thing/x",
                "topic",
                "arn",
                "arn:aws:iot:eu-1:1",
                "arn:aws:iot:*:topic/foo",
                "arn:aws:iot:*:topic/a:b:c",
                "arn:aws:iot:eu-1:1:topics/a",
                "arn:aws:iot:eu-1:1:",
                "arn:aws:iot:${aws:Region}:1:topic/a",
                "arn:aws:iot:eu-1:1:topic/${aws:username}",
            })
    void a_resource_that_could_be_misread_is_refused(String written) {
        assertThat(ResourcePattern.parse(written)).isInstanceOf(Parsed.Bad.class);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24,192.0.2.255,YES",
        "192.0.2.0/24,192.0.3.0,NO",
        "192.0.2.128/25,192.0.2.127,NO",
        "192.0.2.1,192.0.2.1,YES",
        "0.0.0.0/0,203.0.113.9,YES",
        "0.0.0.0/0,2001:db8::1,NO",
        "2001:db8::/33,2001:db8:7fff::1,YES",
        "2001:db8::/33,2001:db8:8000::1,NO",
        "192.0.2.0/24,somewhere,UNKNOWN",
    })
    void a_range_holds_the_addresses_of_its_prefix(String range, String address, Truth holds) {
        assertThat(AddressRange.parse(range).orElseThrow().holds(address)).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0/8", "host", "fe80::1%eth0", "::/129"})
    void what_is_no_range_is_refused(String range) {
        assertThat(AddressRange.parse(range)).isEmpty();
    }

    @Test
    void the_values_of_a_name_are_counted_from_its_first() {
        Variables variables = withNames(Map.of("Subject.Country", List.of("NO", "SE")));
        assertThat(value(variables, "iot:Certificate.Subject.Country")).contains("NO");
        assertThat(value(variables, "iot:Certificate.Subject.Country.1")).contains("SE");
        assertThat(value(variables, "iot:Certificate.Subject.Country.2")).isEmpty();
        assertThat(value(variables, "iot:Certificate.Issuer.Country")).isEmpty();
        assertThat(value(variables, "iot:Certificate.SerialNumber")).contains("0a");
        assertThat(value(variables, "iot:CertificateId")).contains("c1");
    }

    @Test
    void a_list_has_at_most_five_values_and_all_of_them_are_safe() {
        Variable all = Variable.parse("iot:Certificate.Subject.Country.List").orElseThrow();
        assertThat(withNames(Map.of("Subject.Country", List.of("1", "2", "3", "4", "5", "6")))
                        .values(all))
                .containsExactly("1", "2", "3", "4", "5");
        assertThat(withNames(Map.of("Subject.Country", List.of("NO", "*"))).values(all))
                .isEmpty();
    }

    @Test
    void the_keys_of_a_certificate_are_those_with_values() {
        Variable keys = Variable.parse("iot:Certificate.AvailableKeys").orElseThrow();
        assertThat(withNames(Map.of("Subject.Country", List.of("NO"), "Issuer.Country", List.of()))
                        .values(keys))
                .containsExactly("iot:Certificate.Subject.Country");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iot:Certificate.Subject",
                "iot:Certificate.Subject.Email",
                "iot:Certificate.Subject.Country.0",
                "iot:Certificate.Subject.Country.List.List",
                "iot:Certificate.Other.Country",
                "iot:Certificate.",
                "iot:Connection.Thing.Attributes[]",
                "iot:Connection.Thing.Name",
                "iot:clientid",
                "aws:username",
                "",
            })
    void a_variable_without_a_meaning_here_is_none(String name) {
        assertThat(Variable.parse(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "StringEqualsIfExists,iot:ClientId,x",
        "StringEqualsIgnoreCase,iot:ClientId,x",
        "Null,iot:ClientId,true",
        "ForSomeValues:StringEquals,iot:ClientId,x",
        "ForAllValues:Bool,iot:ClientId,true",
        "StringEquals,aws:CurrentTime,x",
        "StringEquals,iot:Certificate.Subject.Country.List,x",
        "StringLike,iot:ClientId,${nobody}",
        "Bool,iot:ClientId,maybe",
        "IpAddress,iot:ClientId,10.0.0.0/8",
        "IpAddress,aws:SourceIp,here",
    })
    void a_condition_that_is_not_understood_is_refused(String operator, String key, String value) {
        assertThat(Condition.parse(operator, key, List.of(value))).isInstanceOf(Parsed.Bad.class);
    }

    private static Optional<String> value(Variables variables, String name) {
        return variables.value(Variable.parse(name).orElseThrow());
    }

    private static Variables withNames(Map<String, List<String>> names) {
        return new Variables(
                "pump-1",
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Variables.Certificate("c1", "0a", names)));
    }
}
