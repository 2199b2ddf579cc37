package io.muster.outlets.aws;

import static io.muster.outlets.aws.Written.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.PolicyName;
import io.muster.core.permission.Ask;
import io.muster.core.permission.AttachedPolicy;
import io.muster.core.permission.Decision;
import io.muster.core.permission.Finding;
import io.muster.core.permission.Permissions;
import io.muster.core.permission.PolicyDocument;
import io.muster.core.permission.PolicyReading;
import io.muster.core.permission.Variables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Policies in the shapes that AWS's guide shows, decided.
class PermissionsTest {

    private static final String ARN = "arn:aws:iot:eu-north-1:111122223333:";

    private static final Variables PUMP = connection("pump-1", "pump-1");

    @Test
    void nothing_is_allowed_unless_a_statement_allows_it() {
        assertThat(decide(PUMP, Ask.connect("pump-1"))).isEqualTo(new Decision.NotAllowed(List.of()));
        assertThat(allowed(PUMP, Ask.publish("a"), allow("iot:Subscribe", "*"))).isFalse();
        assertThat(allowed(PUMP, Ask.publish("a"), allow("iot:Publish", "topic/b")))
                .isFalse();
    }

    @Test
    void a_thing_connects_under_its_own_name_and_speaks_on_its_own_topics() {
        String connect = allow("iot:Connect", ARN + "client/${iot:Connection.Thing.ThingName}");
        String speak = allow("iot:Publish", ARN + "topic/plant/${iot:Connection.Thing.ThingName}/*");
        assertThat(allowed(PUMP, Ask.connect("pump-1"), connect, speak)).isTrue();
        assertThat(allowed(PUMP, Ask.connect("pump-2"), connect, speak)).isFalse();
        assertThat(allowed(PUMP, Ask.publish("plant/pump-1/flow/now"), connect, speak))
                .isTrue();
        assertThat(allowed(PUMP, Ask.publish("plant/pump-11/flow"), connect, speak))
                .isFalse();
        assertThat(allowed(PUMP, Ask.retainPublish("plant/pump-1/flow"), connect, speak))
                .isFalse();
    }

    @Test
    void a_thing_that_comes_under_another_name_is_no_thing() {
        Variables disguised = connection("pump-2", "pump-1");
        assertThat(allowed(
                        disguised,
                        Ask.connect("pump-2"),
                        allow("iot:Connect", "client/${iot:Connection.Thing.ThingName}")))
                .isFalse();
        assertThat(allowed(
                        disguised,
                        Ask.publish("pump"),
                        allow("iot:Publish", "topic/${iot:Connection.Thing.ThingTypeName}")))
                .isFalse();
        assertThat(allowed(
                        PUMP, Ask.publish("pump"), allow("iot:Publish", "topic/${iot:Connection.Thing.ThingTypeName}")))
                .isTrue();
    }

    @Test
    void topics_may_depend_on_an_attribute_of_the_thing() {
        String policy = allow("iot:Receive", "topic/site/${iot:Connection.Thing.Attributes[site]}/*");
        assertThat(allowed(PUMP, Ask.receive("site/oslo/alarm"), policy)).isTrue();
        assertThat(allowed(PUMP, Ask.receive("site/bergen/alarm"), policy)).isFalse();
        assertThat(allowed(PUMP, Ask.receive("site//alarm"), policy.replace("[site]", "[nothing]")))
                .isFalse();
    }

    @Test
    void a_client_called_plus_does_not_open_the_topics_of_others() {
        Variables plus = connection("+", "pump-1");
        String policy = allow("iot:Subscribe", "topicfilter/own/${iot:ClientId}/#");
        assertThat(allowed(PUMP, Ask.subscribe("own/pump-1/#"), policy)).isTrue();
        assertThat(allowed(plus, Ask.subscribe("own/+/#"), policy)).isFalse();
    }

    @Test
    void wildcards_of_mqtt_are_plain_characters_of_a_policy() {
        String policy = allow("iot:Subscribe", "topicfilter/a/+/c");
        assertThat(allowed(PUMP, Ask.subscribe("a/+/c"), policy)).isTrue();
        assertThat(allowed(PUMP, Ask.subscribe("a/b/c"), policy)).isFalse();
        assertThat(allowed(PUMP, Ask.subscribe("#"), allow("iot:Subscribe", "topicfilter/a/*")))
                .isFalse();
        assertThat(allowed(PUMP, Ask.subscribe("a/#"), allow("iot:Subscribe", "topicfilter/a/*")))
                .isTrue();
        assertThat(allowed(
                        PUMP,
                        Ask.subscribe("a/+"),
                        allow("iot:Subscribe", "*"),
                        deny("iot:Subscribe", "topicfilter/a/b")))
                .isTrue();
        assertThat(allowed(PUMP, Ask.receive("a/b"), allow("iot:Receive", "*"), deny("iot:Receive", "topic/a/b")))
                .isFalse();
    }

    @Test
    void a_statement_that_denies_wins_wherever_it_stands() {
        String all = allow("iot:*", "*");
        String secret = deny("iot:Publish", "topic/secret/*");
        assertThat(decide(PUMP, Ask.publish("secret/a"), all, secret)).isInstanceOf(Decision.DeniedExplicitly.class);
        assertThat(decide(PUMP, Ask.publish("secret/a"), secret, all)).isInstanceOf(Decision.DeniedExplicitly.class);
        assertThat(allowed(PUMP, Ask.publish("open/a"), secret, all)).isTrue();
    }

    @Test
    void what_denies_by_a_variable_without_a_value_denies_all_that_it_could() {
        String all = allow("*", "*");
        String rivals = deny("iot:Publish", "topic/rivals/${iot:Connection.Thing.Attributes[rival]}/x");
        Decision decision = decide(PUMP, Ask.publish("rivals/anybody/x"), all, rivals);
        assertThat(decision).isInstanceOf(Decision.DeniedExplicitly.class);
        assertThat(decision.findings().get(1).result()).isEqualTo(Finding.Result.APPLIES_IN_DOUBT);
        assertThat(allowed(PUMP, Ask.publish("elsewhere/x"), all, rivals)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    'StringEquals': {'iot:ClientId': ['x', 'pump-1']} | APPLIES | APPLIES
                    'StringEquals': {'iot:ClientId': 'pump-*'} | CONDITION_NOT_MET | CONDITION_NOT_MET
                    'StringLike': {'iot:ClientId': 'pump-*'} | APPLIES | APPLIES
                    'StringNotLike': {'iot:ClientId': 'pump-*'} | CONDITION_NOT_MET | CONDITION_NOT_MET
                    'StringNotEquals': {'iot:ClientId': 'x'} | APPLIES | APPLIES
                    'StringEquals': {'iot:ClientId': '${iot:Connection.Thing.ThingName}'} | APPLIES | APPLIES
                    'StringNotEquals': {'iot:Connection.Thing.Attributes[no]': 'x'} | NOT_IN_DOUBT | APPLIES_IN_DOUBT
                    'StringEquals': {'iot:Connection.Thing.Attributes[no]': 'x'} | NOT_IN_DOUBT | APPLIES_IN_DOUBT
                    'StringNotEquals': {'iot:ClientId': '${iot:Connection.Thing.Attributes[no]}'} | NOT_IN_DOUBT | APPLIES_IN_DOUBT
                    'Bool': {'iot:Connection.Thing.IsAttached': ['true']} | APPLIES | APPLIES
                    'Bool': {'iot:Connection.Thing.IsAttached': false} | CONDITION_NOT_MET | CONDITION_NOT_MET
                    'IpAddress': {'aws:SourceIp': ['198.51.100.0/24', '192.0.2.0/24']} | APPLIES | APPLIES
                    'NotIpAddress': {'aws:SourceIp': '192.0.2.0/24'} | CONDITION_NOT_MET | CONDITION_NOT_MET
                    'ForAllValues:StringEquals': {'iot:Certificate.Subject.Organization.List': ['A', 'B']} | APPLIES | APPLIES
                    'ForAllValues:StringEquals': {'iot:Certificate.Subject.Organization.List': 'A'} | CONDITION_NOT_MET | CONDITION_NOT_MET
                    'ForAnyValue:StringEquals': {'iot:Certificate.Subject.Organization.List': 'B'} | APPLIES | APPLIES
                    'ForAllValues:StringEquals': {'iot:Certificate.Issuer.Title.List': 'B'} | NOT_IN_DOUBT | APPLIES_IN_DOUBT
                    'ForAnyValue:StringLike': {'iot:Certificate.AvailableKeys': '*.Organization'} | APPLIES | APPLIES
                    'StringEquals': {'iot:ClientId': 'pump-1', 'iot:CertificateId': 'no'} | CONDITION_NOT_MET | CONDITION_NOT_MET
                    """)
    void conditions_narrow_and_what_is_unknown_never_helps(
            String condition, Finding.Result whenAllowing, Finding.Result whenDenying) {
        String conditional =
                allow("iot:Publish", "topic/x").replace("'Resource'", "'Condition': {" + condition + "}, 'Resource'");
        assertThat(decide(PUMP, Ask.publish("x"), conditional)
                        .findings()
                        .getFirst()
                        .result())
                .isEqualTo(whenAllowing);
        assertThat(decide(PUMP, Ask.publish("x"), conditional.replace("Allow", "Deny"))
                        .findings()
                        .getFirst()
                        .result())
                .isEqualTo(whenDenying);
    }

    @ParameterizedTest
    @ValueSource(strings = {"StringEquals", "StringLike", "StringNotEquals", "StringNotLike"})
    void a_name_with_a_wildcard_meets_no_condition(String operator) {
        Variables star = connection("*", "pump-1");
        String policy = allow("iot:Connect", "*")
                .replace("'Resource'", "'Condition': {'" + operator + "': {'iot:ClientId': 'x'}}, 'Resource'");
        assertThat(allowed(star, Ask.connect("*"), policy)).isFalse();
    }

    @Test
    void a_name_that_is_too_long_is_not_allowed() {
        String all = allow("*", "*");
        String topic = "x".repeat(Ask.MAX_LENGTH - "topic/".length());
        assertThat(allowed(PUMP, Ask.publish(topic), all)).isTrue();
        assertThat(allowed(PUMP, Ask.publish(topic + "x"), all)).isFalse();
    }

    @Test
    void a_decision_tells_what_came_of_each_statement() {
        String named = allow("iot:Publish", "topic/a").replace("'Effect'", "'Sid': 'talk', 'Effect'");
        Decision decision = decide(PUMP, Ask.publish("a"), allow("iot:Connect", "*"), named, deny("*", "topic/b"));
        assertThat(decision).isInstanceOfSatisfying(Decision.Allowed.class, it -> assertThat(it.by())
                .hasToString("statement 1 of policy 2 (talk)"));
        assertThat(decision.findings().stream().map(Finding::words))
                .containsExactly(
                        "statement 1 of policy 1 allows: it does not apply, it speaks of other actions",
                        "statement 1 of policy 2 (talk) allows: it applies, by topic/a",
                        "statement 1 of policy 3 denies: it does not apply, it speaks of other resources");
    }

    /// It might have been the one that denies.
    @Test
    void while_a_policy_is_gone_nothing_is_allowed_whatever_the_others_say() {
        PolicyName keeps = new PolicyName("keeps");
        AttachedPolicy all = AttachedPolicy.own(document(allow("*", "*")));
        AttachedPolicy denies = new AttachedPolicy.Standing(Optional.of(keeps), document(deny("*", "topic/secret")));

        assertThat(Permissions.decide(List.of(all, denies), Ask.publish("a"), PUMP))
                .isInstanceOf(Decision.Allowed.class);
        assertThat(Permissions.decide(List.of(all, denies), Ask.publish("secret"), PUMP))
                .isInstanceOfSatisfying(Decision.DeniedExplicitly.class, it -> assertThat(it.by())
                        .hasToString("statement 1 of policy keeps"));
        assertThat(Permissions.decide(List.of(all, new AttachedPolicy.Gone(keeps)), Ask.publish("a"), PUMP))
                .isInstanceOfSatisfying(
                        Decision.PolicyGone.class, it -> assertThat(it.policy()).isEqualTo(keeps));
    }

    private static boolean allowed(Variables variables, Ask ask, String... policies) {
        return decide(variables, ask, policies) instanceof Decision.Allowed;
    }

    private static Decision decide(Variables variables, Ask ask, String... policies) {
        List<PolicyDocument> documents =
                Stream.of(policies).map(PermissionsTest::document).toList();
        return Permissions.decide(documents.stream().map(AttachedPolicy::own).toList(), ask, variables);
    }

    private static PolicyDocument document(String statement) {
        String text = quoted("{'Version': '2012-10-17', 'Statement': [" + statement + "]}");
        return switch (new JsonPolicyReader().read(text)) {
            case PolicyReading.Read(PolicyDocument document) -> document;
            case PolicyReading.Unreadable unreadable -> throw new AssertionError(unreadable.toString());
        };
    }

    private static String allow(String action, String resource) {
        return "{'Effect': 'Allow', 'Action': ['" + action + "'], 'Resource': '" + resource + "'}";
    }

    private static String deny(String action, String resource) {
        return allow(action, resource).replace("Allow", "Deny");
    }

    private static Variables connection(String clientId, String thing) {
        return new Variables(
                clientId,
                Optional.of("192.0.2.7"),
                Optional.of(new Variables.Thing(thing, Optional.of("pump"), Map.of("site", "oslo"))),
                Optional.of(new Variables.Certificate(
                        "c0ffee", "0a1b", Map.of("Subject.Organization", List.of("A", "B")))));
    }
}
