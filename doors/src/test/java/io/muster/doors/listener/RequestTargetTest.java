package io.muster.doors.listener;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {

    @Test
    void decodes_segments_and_parameters_once() {
        assertThat(RequestTarget.parse("/a%2Db/%252e/c:d?x=%41+b&y&z="))
                .contains(new RequestTarget(
                        "/a%2Db/%252e/c:d", List.of("a-b", "%2e", "c:d"), Map.of("x", "A+b", "y", "", "z", "")));
    }

    @Test
    void the_root_has_no_segment() {
        assertThat(RequestTarget.parse("/").map(RequestTarget::segments)).contains(List.of());
    }

    @Test
    void the_token_of_an_sdk_needs_no_encoding() {
        assertThat(RequestTarget.parse("/0ne000/registrations/a.b_c:d-e/register?api-version=2019-03-31"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "a/b",
                "http://host/a",
                "//a",
                "/a//b",
                "/a/",
                "/a/.",
                "/a/../b",
                "/%2e%2e/b",
                "/%2e%2e%2fetc",
                "/a/%2E./b",
                "/a%2Fb",
                "/a%5Cb",
                "/a\\b",
                "/a%00b",
                "/a%0d%0ab",
                "/a%7f",
                "/a%80",
                "/a%c3%a9",
                "/a\u00e9",
                "/a\0b",
                "/a b%20\tc",
                "/a%",
                "/a%2",
                "/a%zz",
                "/a%+1",
                "/a#b",
                "/a?x=1&x=2",
                "/a?x=1&%78=2",
                "/a?=1",
                "/a?x=%00",
                "/a?x=%"
            })
    void refuses_what_two_readers_could_read_differently(String raw) {
        assertThat(RequestTarget.parse(raw)).isEmpty();
    }

    @Test
    void is_bounded() {
        assertThat(RequestTarget.parse("/a".repeat(33))).isEmpty();
        assertThat(RequestTarget.parse("/a?" + parameters(33))).isEmpty();
        assertThat(RequestTarget.parse("/a?" + parameters(32))).isPresent();
    }

    /// Whatever parses holds printable ASCII only, and no segment can climb or split.
    @FuzzTest
    void what_parses_is_safe(byte[] raw) {
        Optional<RequestTarget> target = RequestTarget.parse(new String(raw, StandardCharsets.ISO_8859_1));
        target.ifPresent(parsed -> {
            assertThat(parsed.segments()).allSatisfy(RequestTargetTest::safeSegment);
            assertThat(parsed.query().keySet()).allMatch(RequestTargetTest::printable);
            assertThat(parsed.query().values()).allMatch(RequestTargetTest::printable);
        });
    }

    private static void safeSegment(String segment) {
        assertThat(segment).isNotEmpty().isNotIn(".", "..").doesNotContain("/", "\\");
        assertThat(printable(segment)).isTrue();
    }

    private static boolean printable(String text) {
        return text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    }

    private static String parameters(int count) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < count; i++) {
            query.append('p').append(i).append("=1&");
        }
        return query.substring(0, query.length() - 1);
    }
}
