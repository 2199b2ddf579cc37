package io.muster.outlets.aws;

import static io.muster.outlets.aws.Written.fault;
import static io.muster.outlets.aws.Written.fleet;
import static io.muster.outlets.aws.Written.impossible;
import static io.muster.outlets.aws.Written.instance;
import static io.muster.outlets.aws.Written.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.JsonPlace;
import io.muster.core.device.PolicyName;
import io.muster.core.template.CertificateFacts;
import io.muster.core.template.CertificateFacts.Part;
import io.muster.core.template.Difference;
import io.muster.core.template.Instance;
import io.muster.core.template.Template;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Templates applied: just in time, with policies, beside one another.
class TemplateUseTest {

    private static final Map<String, String> PUMP = Map.of("Serial", "pump-7");

    private static final String POLICY = "{'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow',"
            + " 'Action': ['iot:Publish'], 'Resource': ['arn:aws:iot:eu-north-1:111122223333:topic/plant/all']}]}";

    @Test
    void a_just_in_time_template_takes_its_values_from_the_certificate() {
        Template template =
                Written.read(Template.Kind.JITP, quoted("""
                        {'Parameters': {
                           'AWS::IoT::Certificate::CommonName': {'Type': 'String'},
                           'AWS::IoT::Certificate::SerialNumber': {'Type': 'String'},
                           'AWS::IoT::Certificate::Country': {'Type': 'String'},
                           'AWS::IoT::Certificate::Id': {'Type': 'String'}},
                         'Resources': {
                           'boiler': {'Type': 'AWS::IoT::Thing', 'Properties': {
                             'ThingName': {'Ref': 'AWS::IoT::Certificate::CommonName'},
                             'AttributePayload': {'model': 'b2', 'serial': {'Ref': 'AWS::IoT::Certificate::SerialNumber'}},
                             'ThingTypeName': 'boiler-b2',
                             'ThingGroups': ['boilers', {'Ref': 'AWS::IoT::Certificate::Country'}]}},
                           'cert': {'Type': 'AWS::IoT::Certificate', 'Properties': {
                             'CertificateId': {'Ref': 'AWS::IoT::Certificate::Id'}, 'Status': 'ACTIVE'}},
                           'rights': {'Type': 'AWS::IoT::Policy', 'Properties': {'PolicyDocument': %s}}}}
                        """.formatted("'" + POLICY.replace("'", "\\'") + "'")));
        Map<Part, String> subject =
                Map.of(Part.COMMON_NAME, "boiler-1", Part.SERIAL_NUMBER, "00:1f", Part.COUNTRY, "NO");
        Instance instance = instance(template, Map.of(), new CertificateFacts("c1", subject));
        assertThat(instance.thing().name()).hasToString("boiler-1");
        assertThat(instance.thing().attributes()).containsEntry("serial", "00:1f");
        assertThat(instance.thing().groups()).containsExactly("boilers", "NO");
        assertThat(instance.policies()).containsExactly(new Instance.Policy.Written(quoted(POLICY)));
        assertThat(instance.deviceConfiguration()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Part.class)
    void each_part_of_a_subject_that_a_template_declares_must_be_there(Part part) {
        String parameter = part.parameter();
        Template template =
                Written.read(Template.Kind.JITP, justInTime("'" + parameter + "': {'Type': 'String'}", parameter));
        Map<Part, String> all = new EnumMap<>(Part.class);
        for (Part each : Part.values()) {
            all.put(each, "value-of-" + each.name());
        }
        assertThat(instance(template, Map.of(), new CertificateFacts("c1", all))
                        .thing()
                        .name())
                .hasToString("value-of-" + part.name());
        all.remove(part);
        assertThat(impossible(template, Map.of(parameter, "sent"), new CertificateFacts("c1", all))
                        .place())
                .hasToString("/Parameters/" + parameter);
    }

    @Test
    void a_part_of_a_subject_that_is_used_without_being_declared_must_be_there_too() {
        Template template = Written.read(Template.Kind.JITP, justInTime("", "AWS::IoT::Certificate::StateName"));
        assertThat(impossible(template, Map.of(), CertificateFacts.ofId("c1")).what())
                .isEqualTo("The certificate has no StateName");
    }

    @Test
    void a_standard_value_stands_in_for_a_part_that_a_subject_lacks() {
        String parameter = "AWS::IoT::Certificate::CommonName";
        Template template = Written.read(
                Template.Kind.JITP,
                justInTime("'" + parameter + "': {'Type': 'String', 'Default': 'nameless'}", parameter));
        assertThat(instance(template, Map.of(), CertificateFacts.ofId("c1"))
                        .thing()
                        .name())
                .hasToString("nameless");
    }

    @Test
    void a_just_in_time_template_asks_the_device_for_nothing() {
        assertThat(fault(Template.Kind.JITP, justInTime("'Serial': {'Type': 'String'}", "Serial"))
                        .place())
                .hasToString("/Parameters/Serial");
        assertThat(fault(Template.Kind.JITP, justInTime("'AWS::IoT::Certificate::Email': {'Type': 'String'}", "x"))
                        .place())
                .hasToString("/Parameters/AWS::IoT::Certificate::Email");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mappings", "DeviceConfiguration"})
    void a_just_in_time_template_has_only_two_sections(String section) {
        String text =
                justInTime("", "AWS::IoT::Certificate::CommonName").replaceFirst("\\{", "{\"" + section + "\":{},");
        assertThat(fault(Template.Kind.JITP, text).place()).hasToString("/" + section);
    }

    @Test
    void a_policy_is_an_object_or_a_text() {
        Instance object = instance(fleet("", "'PolicyDocument': " + POLICY, ""), PUMP);
        Instance text = instance(
                fleet("", "", "")
                        .replace(
                                "\"cert\"",
                                "\"r\": {\"Type\": \"AWS::IoT::Policy\", \"Properties\":" + " {\"PolicyDocument\": \""
                                        + quoted(POLICY).replace("\"", "\\\"") + "\"}}, \"cert\""),
                PUMP);
        assertThat(object.policies())
                .containsExactly(new Instance.Policy.Written(
                        quoted(POLICY).replace(": ", ":").replace(", ", ",")));
        assertThat(text.policies()).containsExactly(new Instance.Policy.Written(quoted(POLICY)));
    }

    @Test
    void a_policy_is_named_outright_or_by_what_the_device_sends() {
        String outright = fleet("", "'PolicyName': 'pumps@v1'", "");
        String sent = fleet("", "'PolicyName': {'Fn::Sub': 'pumps-${Site}'}", "");
        JsonPlace place = new JsonPlace("/Resources/rights/Properties/PolicyName");

        assertThat(Written.read(outright).namedPolicies()).isEqualTo(Map.of(new PolicyName("pumps@v1"), place));
        assertThat(Written.read(sent).namedPolicies()).isEmpty();
        assertThat(instance(sent, Map.of("Serial", "a", "Site", "bergen")).policies())
                .containsExactly(new Instance.Policy.Named(place, new PolicyName("pumps-bergen")));
        assertThat(impossible(sent, Map.of("Serial", "a", "Site", "a b")).place())
                .isEqualTo(place);
        assertThat(fault(fleet("", "'PolicyName': '..'", "")).place()).isEqualTo(place);
    }

    @Test
    void a_policy_that_is_written_out_is_read_at_once() {
        String object = "'PolicyDocument': " + POLICY.replace("iot:Publish", "iot:Pubish");
        assertThat(fault(fleet("", object, "")).place())
                .hasToString("/Resources/rights/Properties/PolicyDocument/Statement/0/Action/0");
        assertThat(fault(fleet("", "'PolicyDocument': '{}'", "")).place())
                .hasToString("/Resources/rights/Properties/PolicyDocument");
        assertThat(fault(fleet("", "'PolicyDocument': 'not json'", "")).what()).startsWith("The text is not JSON");
    }

    @Test
    void a_list_may_be_made_where_a_policy_wants_one() {
        String document = "'PolicyDocument': {'Resource': {'Fn::Split': ['-', {'Ref': 'Site'}]}, 'Action': []}";
        assertThat(instance(fleet("", document, ""), Map.of("Serial", "a", "Site", "x-y"))
                        .policies())
                .containsExactly(new Instance.Policy.Written("{\"Resource\":[\"x\",\"y\"],\"Action\":[]}"));
    }

    @Test
    void two_instances_are_compared_member_by_member() {
        String before = fleet(
                ", 'AttributePayload': {'a': '1', 'b': '2'}, 'ThingGroups': ['g', 'h']",
                "'PolicyName': 'old'",
                ", 'DeviceConfiguration': {'url': 'x'}");
        String after = before.replace("\"b\": \"2\"", "\"c\": \"3\"")
                .replace("\"h\"", "\"i\"")
                .replace("\"old\"", "\"new\"")
                .replace("\"x\"", "\"y\"")
                .replace("::Id\"}", "::Id\"}, \"Status\": \"INACTIVE\"");
        assertThat(Difference.between(instance(before, PUMP), instance(after, PUMP)))
                .containsExactly(
                        new Difference("thing.attributes.b", Optional.of("2"), Optional.empty()),
                        new Difference("thing.groups.h", Optional.of("h"), Optional.empty()),
                        new Difference("certificate.status", Optional.of("ACTIVE"), Optional.of("INACTIVE")),
                        new Difference("policies.1.name", Optional.of("old"), Optional.of("new")),
                        new Difference("deviceConfiguration.url", Optional.of("x"), Optional.of("y")),
                        new Difference("thing.attributes.c", Optional.empty(), Optional.of("3")),
                        new Difference("thing.groups.i", Optional.empty(), Optional.of("i")));
        assertThat(Difference.between(instance(before, PUMP), instance(before, PUMP)))
                .isEqualTo(List.of());
    }

    private static String justInTime(String parameters, String name) {
        return quoted("""
                {'Parameters': {%s},
                 'Resources': {
                   'boiler': {'Type': 'AWS::IoT::Thing', 'Properties': {'ThingName': {'Ref': '%s'}}},
                   'cert': {'Type': 'AWS::IoT::Certificate',
                            'Properties': {'CertificateId': {'Ref': 'AWS::IoT::Certificate::Id'}}}}}
                """.formatted(parameters, name));
    }
}
