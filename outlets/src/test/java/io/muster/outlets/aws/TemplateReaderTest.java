package io.muster.outlets.aws;

import static io.muster.outlets.aws.Written.configured;
import static io.muster.outlets.aws.Written.fault;
import static io.muster.outlets.aws.Written.fleet;
import static io.muster.outlets.aws.Written.impossible;
import static io.muster.outlets.aws.Written.instance;
import static io.muster.outlets.aws.Written.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.JsonPlace;
import io.muster.core.device.PolicyName;
import io.muster.core.template.Instance;
import io.muster.core.template.Overrides;
import io.muster.core.template.Template;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateReaderTest {

    private static final Map<String, String> PUMP = Map.of("Serial", "pump-7");

    @Test
    void a_whole_fleet_template_says_all_about_a_device() {
        Instance instance = instance(quoted("""
                        {
                          'Parameters': {
                            'Serial': {'Type': 'String'},
                            'Model': {'Type': 'String', 'Default': 'standard'},
                            'Region': {'Type': 'String'}
                          },
                          'Mappings': {
                            'Brokers': {
                              'north': {'Host': 'mqtt.north.example.com', 'Port': 8883},
                              'south': {'Host': 'mqtt.south.example.com', 'Port': 443}
                            }
                          },
                          'Resources': {
                            'meter': {
                              'Type': 'AWS::IoT::Thing',
                              'Properties': {
                                'ThingName': {'Fn::Join': ['-', ['meter', {'Ref': 'Serial'}]]},
                                'AttributePayload': {'firmware': 'f3', 'serial': {'Ref': 'Serial'}, 'rank': 7},
                                'ThingTypeName': {'Fn::Sub': 'meter_${Model}'},
                                'ThingGroups': ['meters', {'Ref': 'Region'}],
                                'BillingGroup': 'metering'
                              },
                              'OverrideSettings': {
                                'AttributePayload': 'MERGE', 'THING_TYPE_NAME': 'REPLACE', 'ThingGroups': 'DO_NOTHING'
                              }
                            },
                            'cert': {
                              'Type': 'AWS::IoT::Certificate',
                              'Properties': {
                                'CertificateId': {'Ref': 'AWS::IoT::Certificate::Id'}, 'Status': 'Active'
                              },
                              'OverrideSettings': {'Status': 'FAIL'}
                            },
                            'shared': {'Type': 'AWS::IoT::Policy', 'Properties': {'PolicyName': 'all-meters'}},
                            'own': {
                              'Type': 'AWS::IoT::Policy',
                              'Properties': {'PolicyDocument': {
                                'Version': '2012-10-17',
                                'Statement': [{'Effect': 'Allow', 'Action': 'iot:Publish',
                                  'Resource': [{'Fn::Sub': 'topic/meters/${Serial}/${!iot:ClientId}'}]}]
                              }}
                            }
                          },
                          'DeviceConfiguration': {
                            'host': {'Fn::FindInMap': ['Brokers', {'Ref': 'Region'}, 'Host']},
                            'port': {'Fn::FindInMap': ['Brokers', {'Ref': 'Region'}, 'Port']},
                            'interval': 60,
                            'verbose': false
                          }
                        }
                        """), Map.of("Serial", "77", "Region", "south", "Undeclared", "ignored"));

        assertThat(instance.thing().name()).hasToString("meter-77");
        assertThat(instance.thing().attributes())
                .containsExactly(Map.entry("firmware", "f3"), Map.entry("serial", "77"), Map.entry("rank", "7"));
        assertThat(instance.thing().type()).contains("meter_standard");
        assertThat(instance.thing().groups()).containsExactly("meters", "south");
        assertThat(instance.thing().billingGroup()).contains("metering");
        assertThat(instance.active()).isTrue();
        assertThat(instance.overrides())
                .isEqualTo(new Overrides(
                        Optional.of(Overrides.Action.MERGE),
                        Optional.of(Overrides.Action.REPLACE),
                        Optional.of(Overrides.Action.DO_NOTHING),
                        Optional.of(Overrides.Action.FAIL)));
        assertThat(instance.policies())
                .containsExactly(
                        new Instance.Policy.Named(
                                new JsonPlace("/Resources/shared/Properties/PolicyName"), new PolicyName("all-meters")),
                        new Instance.Policy.Written(
                                quoted("{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Action':'iot:Publish',"
                                        + "'Resource':['topic/meters/77/${iot:ClientId}']}]}")));
        assertThat(instance.deviceConfiguration())
                .containsExactly(
                        Map.entry("host", "mqtt.south.example.com"),
                        Map.entry("port", "443"),
                        Map.entry("interval", "60"),
                        Map.entry("verbose", "false"));
    }

    @Test
    void the_source_is_kept_compactly_and_reads_the_same_again() {
        Template template = Written.read(configured("{'Fn::Join': ['\\\\u0041\\\\n', ['x', 1.50]]}"));
        assertThat(template.source().text()).doesNotContain("\n").doesNotContain(" ");
        assertThat(Written.read(template.source().text())).isEqualTo(template);
        assertThat(instance(template.source().text(), PUMP).deviceConfiguration())
                .containsEntry("it", "x\\u0041\\n1.50");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    'plain' | plain
                    {'Ref': 'Site'} | oslo
                    {'Fn::Join': ['', ['a', {'Ref': 'Site'}]]} | aoslo
                    {'Fn::Select': [1, ['a', 'b']]} | b
                    {'Fn::Select': ['1', {'Fn::Split': ['-', {'Ref': 'Serial'}]}]} | 7
                    {'Fn::FindInMap': ['sites', {'Ref': 'Site'}, 'url']} | mqtts://no.example.com
                    {'Fn::FindInMap': ['sites', 'oslo', 'depth']} | 3
                    {'Fn::Sub': 'x ${Site} ${!Site}'} | x oslo ${Site}
                    {'Fn::Sub': ['${a}+${Site}', {'a': {'Ref': 'Serial'}}]} | pump-7+oslo
                    {'Fn::Join': ['/', {'Fn::Split': ['-', {'Ref': 'Serial'}]}]} | pump/7
                    """)
    void each_function_is_read_in_each_of_its_shapes(String expression, String value) {
        String written = expression.startsWith("{") ? expression : "'" + expression + "'";
        assertThat(instance(configured(written), PUMP).deviceConfiguration()).containsEntry("it", value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    null | | null is no value
                    ['a'] | | A list stands where
                    {'a': 'b'} | | An object stands where
                    {} | | An object stands where
                    {'Ref': 'Site', 'x': 1} | | A function has members beside it
                    {'Ref': {'Ref': 'Site'}} | /Ref | This is not a string
                    {'Ref': 'Nowhere'} | | is not a parameter of this template
                    {'Ref': 'AWS::IoT::Certificate::CommonName'} | | is not a parameter of this template
                    {'Fn::GetAtt': 'x'} | /Fn::GetAtt | There is no such function
                    {'Fn::Join': 'x'} | /Fn::Join | The function takes other arguments
                    {'Fn::Join': ['x']} | /Fn::Join | The function takes other arguments
                    {'Fn::Join': [1, ['x']]} | /Fn::Join/0 | This is not a string
                    {'Fn::Join': ['x', 'y']} | /Fn::Join/1 | This is not a list
                    {'Fn::Join': ['x', ['y', null]]} | /Fn::Join/1/1 | null is no value
                    {'Fn::Select': [9, ['x']]} | | Fn::Select wants item
                    {'Fn::Select': [0, []]} | | Fn::Select wants item
                    {'Fn::Select': [0, {'Fn::Join': ['', ['x']]}]} | /Fn::Select/1 | This function makes no list
                    {'Fn::Split': [',', 'x']} | | Fn::Split makes a list
                    {'Fn::Select': [0, {'Fn::Split': ['', 'x']}]} | /Fn::Select/1 | Fn::Split splits at nothing
                    {'Fn::FindInMap': ['sites', 'oslo']} | /Fn::FindInMap | The function takes other arguments
                    {'Fn::FindInMap': ['sites', 'moon', 'url']} | | Fn::FindInMap looks for
                    {'Fn::FindInMap': ['sites', {'Ref': 'No'}, 'url']} | /Fn::FindInMap/1 | is not a parameter
                    {'Fn::Sub': '${iot:ClientId}'} | | is not a parameter
                    {'Fn::Sub': '${'} | /Fn::Sub | a place that does not end
                    {'Fn::Sub': ['x', 'y']} | /Fn::Sub/1 | This is not an object
                    {'Fn::Sub': ['${a}', {'a': {'Fn::Sub': '${a}'}}]} | /Fn::Sub/1/a | is not a parameter
                    """)
    void what_is_wrong_with_a_function_is_told_with_its_place(String expression, String inside, String what) {
        String place = "/DeviceConfiguration/it" + (inside == null ? "" : inside);
        assertThat(fault(configured(expression)).place()).hasToString(place);
        assertThat(fault(configured(expression)).what()).contains(what);
        assertThat(fault(configured(expression)).remedy()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    , 'PackageVersions': {} | /Resources/pump/Properties/PackageVersions | not known here
                    , 'AttributePayload': ['x'] | /Resources/pump/Properties/AttributePayload | not an object
                    , 'AttributePayload': {'a': {'b': 'c'}} | /Resources/pump/Properties/AttributePayload/a | An object
                    , 'AttributePayload': {'a b': 'c'} | /Resources/pump/Properties/AttributePayload/a b | attribute
                    , 'ThingGroups': 'x' | /Resources/pump/Properties/ThingGroups | not a list
                    , 'ThingGroups': ['x', 'not/a/group'] | /Resources/pump/Properties/ThingGroups | a thing group
                    , 'ThingTypeName': '' | /Resources/pump/Properties/ThingTypeName | a thing type
                    , 'BillingGroup': null | /Resources/pump/Properties/BillingGroup | null is no value
                    """)
    void what_is_wrong_with_a_thing_is_told_with_its_place(String property, String place, String what) {
        assertThat(fault(fleet(property, "", "")).place()).hasToString(place);
        assertThat(fault(fleet(property, "", "")).what()).contains(what);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    'PolicyName': 'x', 'PolicyDocument': {} | /Resources/rights/Properties | either named or written
                    'PolicyName': 'not a name' | /Resources/rights/Properties/PolicyName | a policy's name
                    'PolicyArn': 'x' | /Resources/rights/Properties/PolicyArn | not known here
                    'PolicyDocument': ['x'] | /Resources/rights/Properties/PolicyDocument | A list stands
                    """)
    void what_is_wrong_with_a_policy_is_told_with_its_place(String property, String place, String what) {
        assertThat(fault(fleet("", property, "")).place()).hasToString(place);
        assertThat(fault(fleet("", property, "")).what()).contains(what);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    [] | '' | not an object
                    {} | '' | The member Resources is missing
                    {'Version': 1} | /Version | not known here
                    {'Resources': {}} | /Resources | declares no AWS::IoT::Thing
                    {'Resources': {'a': {}}} | /Resources/a | The member Type is missing
                    {'Resources': {'a': {'Type': 'AWS::S3::Bucket'}}} | /Resources/a/Type | no such type of resource
                    {'Resources': {'a': {'Type': 'AWS::IoT::Thing', 'X': 1}}} | /Resources/a/X | not known here
                    {'Resources': {'a': {'Type': 'AWS::IoT::Thing'}}} | /Resources | no AWS::IoT::Certificate
                    {'Resources': {'a': {'Type': 'AWS::IoT::Policy'}}} | /Resources/a | Properties is missing
                    {'Parameters': {'a': {'Type': 'Number'}}, 'Resources': {}} | /Parameters/a/Type | no such type
                    {'Parameters': {'a': {}}, 'Resources': {}} | /Parameters/a | Type is missing
                    {'Parameters': {'a': {'Type': 'String', 'Default': {'Ref': 'a'}}}} | /Parameters/a/Default | neither
                    {'Mappings': {'a': {'b': {'c': {'Ref': 'x'}}}}} | /Mappings/a/b/c | no function
                    {'Mappings': {'a': {'b': 'c'}}} | /Mappings/a/b | not an object
                    {'a~/b': 1} | /a~0~1b | not known here
                    {'Resources': {}, 'Resources': {}} | /Resources | twice
                    """)
    void what_is_wrong_with_a_section_is_told_with_its_place(String text, String place, String what) {
        assertThat(fault(quoted(text)).place()).hasToString(place == null ? "" : place);
        assertThat(fault(quoted(text)).what()).contains(what);
    }

    @Test
    void a_template_needs_a_thing_since_a_device_needs_a_name() {
        assertThat(fault(quoted("{'Resources': {'c': {'Type': 'AWS::IoT::Certificate'}}}"))
                        .remedy())
                .isEqualTo("Add a resource of that type: it gives the device its name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CertificateSigningRequest", "CertificatePem", "CACertificatePem"})
    void a_template_brings_no_certificate_of_its_own(String property) {
        String text = fleet("", "", "").replace("\"CertificateId\"", "\"" + property + "\"");
        assertThat(fault(text).place()).hasToString("/Resources/cert/Properties/" + property);
        assertThat(fault(text).remedy()).contains("AWS::IoT::Certificate::Id");
    }

    @Test
    void a_template_points_to_no_other_certificate() {
        String text = fleet("", "", "").replace("{\"Ref\": \"AWS::IoT::Certificate::Id\"}", "\"deadbeef\"");
        assertThat(fault(text).place()).hasToString("/Resources/cert/Properties/CertificateId");
    }

    @ParameterizedTest
    @CsvSource({"ACTIVE,true", "Active,true", "active,true", "INACTIVE,false", "Inactive,false"})
    void the_status_of_a_certificate_is_read_in_any_case(String status, boolean active) {
        String text = fleet("", "", "").replace("::Id\"}", "::Id\"}, \"Status\": \"" + status + "\"");
        assertThat(instance(text, PUMP).active()).isEqualTo(active);
    }

    @Test
    void a_status_may_depend_on_a_parameter_and_is_then_checked_for_each_device() {
        String text = fleet("", "", "").replace("::Id\"}", "::Id\"}, \"Status\": {\"Ref\": \"Site\"}");
        assertThat(instance(text, Map.of("Serial", "a", "Site", "inactive")).active())
                .isFalse();
        assertThat(impossible(text, PUMP).place()).hasToString("/Resources/cert/Properties/Status");
        assertThat(fault(fleet("", "", "").replace("::Id\"}", "::Id\"}, \"Status\": \"ON\""))
                        .place())
                .hasToString("/Resources/cert/Properties/Status");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {'AttributePayload': 'MERGE', 'ATTRIBUTE_PAYLOAD': 'FAIL'} | ATTRIBUTE_PAYLOAD | twice
                    {'ThingTypeName': 'MERGE'} | ThingTypeName | cannot be done
                    {'ThingGroups': 'replace'} | ThingGroups | cannot be done
                    {'BillingGroup': 'REPLACE'} | BillingGroup | not known
                    """)
    void what_is_wrong_with_an_override_is_told_with_its_place(String settings, String place, String what) {
        String text = fleet("", "", "")
                .replace(
                        "\"Type\": \"AWS::IoT::Thing\",",
                        "\"Type\": \"AWS::IoT::Thing\", \"OverrideSettings\": " + quoted(settings) + ",");
        assertThat(fault(text).place()).hasToString("/Resources/pump/OverrideSettings/" + place);
        assertThat(fault(text).what()).contains(what);
    }

    @Test
    void only_so_many_policies_groups_and_attributes_are_taken() {
        String policies = ", 'p%d': {'Type': 'AWS::IoT::Policy', 'Properties': {'PolicyName': 'p'}}";
        String many =
                fleet("", "", "").replace("\"cert\"", repeated(policies, 11).substring(2) + ", \"cert\"");
        assertThat(fault(many).what()).isEqualTo("The certificate would have 11 policies");
        String attributes =
                ", 'AttributePayload': {" + repeated(", 'a%d': 1", 51).substring(2) + "}";
        assertThat(fault(fleet(attributes, "", "")).what()).isEqualTo("The thing has 51 attributes");
        String groups = ", 'ThingGroups': [" + repeated(", 'g%d'", 11).substring(2) + "]";
        assertThat(impossible(fleet(groups, "", ""), PUMP).what()).isEqualTo("The thing would be in 11 groups");
    }

    @Test
    void a_missing_parameter_is_told_by_name() {
        assertThat(impossible(fleet("", "", ""), Map.of()).place()).hasToString("/Parameters/Serial");
        assertThat(impossible(fleet("", "", ""), Map.of()).what()).isEqualTo("The parameter Serial was not given");
        assertThat(impossible(fleet("", "", ""), Map.of("Serial", "x".repeat(4_097)))
                        .what())
                .isEqualTo("The value of Serial is longer than 4096 characters");
    }

    @Test
    void a_name_that_a_device_cannot_have_is_told_with_its_place() {
        assertThat(impossible(fleet("", "", ""), Map.of("Serial", "a b")).place())
                .hasToString("/Resources/pump/Properties/ThingName");
        assertThat(impossible(fleet("", "", ""), Map.of("Serial", "../..")).what())
                .isEqualTo("\"../..\" cannot be the name of a thing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "?", "${iot:ClientId}", "+", "#", "a\",\"b", "a\\", "a\nb", "{", "}"})
    void what_a_device_says_of_itself_never_becomes_a_rule_of_its_policy(String site) {
        for (String document : List.of(
                "'PolicyDocument': {'Resource': [{'Fn::Sub': 'topic/${Site}'}]}",
                "'PolicyDocument': {'Resource': {'Fn::Split': ['x', {'Ref': 'Site'}]}}",
                "'PolicyDocument': {'Fn::Sub': 'topic/${Site}'}",
                "'PolicyDocument': {'Fn::Sub': ['topic/${x}', {'x': {'Fn::Select': [0, [{'Ref': 'Site'}]]}}]}")) {
            assertThat(impossible(fleet("", document, ""), Map.of("Serial", "a", "Site", site))
                            .what())
                    .startsWith("The value of Site would change what the policy means");
        }
    }

    @Test
    void a_value_that_only_chooses_among_texts_of_the_template_is_free() {
        String document = "'PolicyDocument': {'Resource': {'Fn::FindInMap': ['sites', {'Ref': 'Site'}, 'url']}}";
        String mapped = fleet("", document, "").replace("\"oslo\": {", "\"a*\": {\"url\": \"topic/*\"}, \"oslo\": {");
        assertThat(instance(mapped, Map.of("Serial", "a", "Site", "a*")).policies())
                .containsExactly(new Instance.Policy.Written("{\"Resource\":\"topic/*\"}"));
    }

    @Test
    void functions_a_hundred_deep_are_refused() {
        String expression = "{'Ref': 'Site'}";
        for (int i = 0; i < 100; i++) {
            expression = "{'Fn::Join': ['', [" + expression + "]]}";
        }
        assertThat(fault(configured(expression)).what())
                .isEqualTo("Objects and lists stand more than 64 deep in one another");
        String sub = "{'Ref': 'Site'}";
        for (int i = 0; i < 17; i++) {
            sub = "{'Fn::Sub': ['${a}', {'a': " + sub + "}]}";
        }
        assertThat(fault(configured(sub)).what()).isEqualTo("Functions stand more than 16 deep in one another");
    }

    @Test
    void a_template_that_is_too_long_is_refused_before_it_is_parsed() {
        assertThat(fault("[".repeat(10_241)).what()).isEqualTo("The text has 10241 characters; at most 10240 are read");
        String exact = fleet("", "", "");
        assertThat(Written.read(exact + " ".repeat(10_240 - exact.length()))).isEqualTo(Written.read(exact));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "{\"a\":}", "nul", "{\"a\":\"\\ud800\"}", "{'a': 1}", "{} {}", "{\"a\":01}", "\u0000"})
    void what_is_not_json_is_refused_in_words(String text) {
        assertThat(fault(text).what()).isNotBlank();
        assertThat(fault(text).remedy()).isNotBlank();
    }

    private static String repeated(String pattern, int times) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < times; i++) {
            text.append(pattern.replace("%d", Integer.toString(i)).replace('\'', '"'));
        }
        return text.toString();
    }
}
