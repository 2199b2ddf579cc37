package io.muster.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.door.Refusal;

/// Whatever topics and payloads come: they are read in bounds, or refused, and nothing is thrown.
class AwsFuzzTest {

    private static final Name LINE_1 = new Name("line-1");

    private final RequestReader reader = new RequestReader();

    @FuzzTest(maxDuration = "1m")
    void any_payload_of_json_is_read_or_refused(byte[] payload) {
        read(Format.JSON, payload);
    }

    @FuzzTest(maxDuration = "1m")
    void any_payload_of_cbor_is_read_or_refused(byte[] payload) {
        read(Format.CBOR, payload);
    }

    private void read(Format format, byte[] payload) {
        switch (reader.read(format, Bytes.of(payload))) {
            case RequestReader.Reading.Read it ->
                assertThat(it.payload().parameters()).allSatisfy((name, value) -> {
                    assertThat(name).hasSizeLessThanOrEqualTo(2_048);
                    assertThat(value).hasSizeLessThanOrEqualTo(4_096);
                });
            case RequestReader.Reading.Unreadable it ->
                assertThat(it.refusal()).isInstanceOfAny(Refusal.MalformedRequest.class, Refusal.TooLarge.class);
        }
    }

    /// No filter that is granted covers an answer of another template.
    @FuzzTest(maxDuration = "1m")
    void any_topic_is_one_of_three_and_any_filter_stays_within_its_template(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        AwsTopic.parse(text).ifPresent(topic -> {
            assertThat(topic.text()).isEqualTo(text);
            assertThat(AwsTopic.reserved(text)).isTrue();
        });
        if (AnswerFilter.parse(text, LINE_1) == AnswerFilter.OWN) {
            assertThat(AwsTopic.reserved(text)).isTrue();
            assertThat(text.split("/", -1)[2]).doesNotContain("+", "#");
        }
    }
}
