package io.muster.doors.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {

    @ParameterizedTest
    @CsvSource({
        "a/b,a/b",
        "a/+,a/b",
        "a/#,a/b/c",
        "a/#,a",
        "#,a/b",
        "+/b,a/b",
        "+,a",
        "a/+/c,a//c",
        "/+,/a",
        "$dps/#,$dps/x",
        "$dps/registrations/res/#,$dps/registrations/res/200/?$rid=1"
    })
    void a_filter_covers(String filter, String topic) {
        assertThat(Topics.isFilter(filter)).isTrue();
        assertThat(Topics.isName(topic)).isTrue();
        assertThat(Topics.matches(filter, topic)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"a/b,a/c", "a/+,a/b/c", "a/+,a", "#,$dps/x", "+/x,$dps/x", "a/#,b", "a,A", "a/b,a/b/"})
    void a_filter_does_not_cover(String filter, String topic) {
        assertThat(Topics.matches(filter, topic)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a#", "a/#/b", "a+/b", "++", "##", "a/b/c/d/e/f/g/h/i"})
    void a_filter_out_of_shape_is_none(String filter) {
        assertThat(Topics.isFilter(filter)).isFalse();
    }
}
