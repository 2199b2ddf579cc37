package io.muster.outlets.aws;

import static io.muster.outlets.aws.Written.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.permission.PolicyDocument;
import io.muster.core.permission.PolicyReading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReaderTest {

    private final JsonPolicyReader reader = new JsonPolicyReader();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    [] | | not an object
                    {'Version': '2008-10-17', 'Statement': []} | /Version | not known
                    {'Statement': []} | | Version is missing
                    {'Version': '2012-10-17'} | | Statement is missing
                    {'Version': '2012-10-17', 'Statement': []} | /Statement | empty
                    {'Version': '2012-10-17', 'Statement': [1]} | /Statement/0 | not an object
                    {'Version': '2012-10-17', 'Statement': {}, 'Note': 1} | /Note | not known
                    {'Version': '2012-10-17', 'Id': 1, 'Statement': {}} | /Id | not a string
                    """)
    void what_is_wrong_with_a_document_is_told_with_its_place(String text, String place, String what) {
        unreadable(quoted(text), place == null ? "" : place, what);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    'Effect': 'allow' | /Effect | no such effect
                    'Effect': 'Deny', 'NotAction': 'iot:Publish' | /NotAction | not known
                    'Effect': 'Deny', 'Action': [] | /Action | empty
                    'Effect': 'Deny', 'Action': ['iot:Connect', 'iot:Conect'] | /Action/1 | no such action
                    'Effect': 'Deny', 'Action': '*', 'Resource': 'topic' | /Resource | no resource
                    'Effect': 'Deny', 'Action': '*', 'NotResource': '*' | /NotResource | not known
                    'Effect': 'Allow', 'Action': '*', 'Principal': '*' | /Principal | not known
                    'Effect': 'Allow', 'Action': '*', 'Resource': 'topic/${a:b}' | /Resource | ${a:b} is not known
                    'Effect': 'Allow', 'Action': '*', 'Resource': '*', 'Condition': [] | /Condition | not an object
                    'Effect': 'Allow', 'Action': '*' | | Resource is missing
                    """)
    void what_is_wrong_with_a_statement_is_told_with_its_place(String statement, String place, String what) {
        String text = quoted("{'Version': '2012-10-17', 'Statement': [{" + statement + "}]}");
        unreadable(text, "/Statement/0" + (place == null ? "" : place), what);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    'NumericLessThan': {'iot:ClientId': '1'} | /NumericLessThan/iot:ClientId | NumericLessThan
                    'StringEquals': {'aws:username': 'x'} | /StringEquals/aws:username | aws:username
                    'StringEquals': {'iot:ClientId': []} | /StringEquals/iot:ClientId | empty
                    'StringEquals': {'iot:ClientId': {}} | /StringEquals/iot:ClientId | neither
                    'StringEquals': 'x' | /StringEquals | not an object
                    'Bool': {'iot:Connection.Thing.IsAttached': 1} | /Bool/iot:Connection.Thing.IsAttached | true or false
                    """)
    void a_condition_that_is_not_understood_is_refused_by_name(String condition, String place, String what) {
        String text = quoted("{'Version': '2012-10-17', 'Statement': {'Effect': 'Allow', 'Action': '*',"
                + " 'Resource': '*', 'Condition': {" + condition + "}}}");
        unreadable(text, "/Statement/Condition" + place, what);
    }

    @Test
    void a_policy_of_2048_characters_besides_white_space_is_taken_and_no_longer_one() {
        String before = quoted(
                "{'Version': '2012-10-17',\n'Statement': {'Effect': 'Allow', 'Action': '*'," + " 'Resource': 'topic/");
        String after = "\"}}   ";
        long signs = (before + after)
                .codePoints()
                .filter(c -> !Character.isWhitespace(c))
                .count();
        String exact = before + "x".repeat((int) (PolicyDocument.MAX_SIZE - signs)) + after;
        assertThat(reader.read(exact)).isInstanceOf(PolicyReading.Read.class);
        unreadable(exact.replace("topic/", "topic/x"), "", "2049 characters");
    }

    @Test
    @Timeout(2)
    void a_policy_of_a_megabyte_is_refused_before_it_is_parsed() {
        unreadable("[".repeat(1024 * 1024), "", "The text has 1048576 characters; at most 16384 are read");
    }

    @Test
    void a_policy_nested_too_deep_is_refused() {
        unreadable("[".repeat(1_000), "/0".repeat(64), "more than 64 deep");
    }

    @Test
    void the_source_is_kept_compactly_and_reads_the_same_again() {
        String text = quoted(
                "{ 'Version': '2012-10-17', 'Statement': { 'Sid': 'a', 'Effect': 'Deny', 'Action': '*', 'Resource': '*' } }");
        PolicyDocument document = read(text);
        assertThat(document.source().text()).doesNotContain(" ");
        assertThat(read(document.source().text())).isEqualTo(document);
    }

    private PolicyDocument read(String text) {
        return switch (reader.read(text)) {
            case PolicyReading.Read(PolicyDocument document) -> document;
            case PolicyReading.Unreadable unreadable -> throw new AssertionError(unreadable.toString());
        };
    }

    private void unreadable(String text, String place, String what) {
        assertThat(reader.read(text)).isInstanceOfSatisfying(PolicyReading.Unreadable.class, it -> {
            assertThat(it.place()).hasToString(place);
            assertThat(it.what()).contains(what);
            assertThat(it.remedy()).isNotBlank();
        });
    }
}
