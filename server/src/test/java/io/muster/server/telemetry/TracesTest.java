package io.muster.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.fleet.device.GroupKey;
import io.muster.fleet.dps.Ending;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Door;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.OtlpReceiver;
import io.muster.server.testkit.Scrape;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TracesTest {

    @Test
    void an_attempt_is_a_trace_with_a_span_for_each_step_and_names_no_device() throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.open();
                Installation house = Installation.open("telemetry.otlp.endpoint=" + receiver.url())) {
            Customer customer = Customer.create(house.operator(), "acme");
            GroupKey meters = customer.sharesKey("meters");
            assertThat(Door.NATIVE.knock(house.target("acme"), meters.make("Quicksilver-Meter-1")))
                    .isInstanceOf(Ending.Enrolled.class);
            Awaitility.await()
                    .atMost(20, TimeUnit.SECONDS)
                    .until(() -> receiver.spans().size() >= 6);

            Span whole = only(receiver.spans(), "attempt");
            Map<String, String> attributes = attributes(whole);
            assertThat(attributes)
                    .containsEntry("muster.door", "native")
                    .containsEntry("muster.code", "initial")
                    .containsEntry("muster.tenant", "acme")
                    .containsEntry("muster.enrollment", "meters")
                    .containsEntry(
                            "muster.attempt.id",
                            customer.why("Quicksilver-Meter-1")
                                    .path("attemptId")
                                    .asText());
            assertThat(whole.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
            for (String step : List.of("recognize", "attest", "look", "decide", "record")) {
                Span span = only(receiver.spans(), step);
                assertThat(span.getTraceId()).isEqualTo(whole.getTraceId());
                assertThat(span.getParentSpanId()).isEqualTo(whole.getSpanId());
                assertThat(span.getStartTimeUnixNano()).isGreaterThanOrEqualTo(whole.getStartTimeUnixNano());
                assertThat(span.getEndTimeUnixNano()).isLessThanOrEqualTo(whole.getEndTimeUnixNano());
            }
            assertThat(receiver.resource())
                    .containsEntry("service.name", "muster")
                    .containsKey("service.version");
            assertThat(receiver.said())
                    .doesNotContainIgnoringCase("quicksilver")
                    .doesNotContain("127.0.0.1");
            assertThat(Scrape.of(house).sum("muster_trace_spans_total", "result", "sent"))
                    .isEqualTo(receiver.spans().size());
        }
    }

    @Test
    void enrollment_goes_on_as_before_while_traces_cannot_be_sent_and_what_is_lost_is_counted() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Installation house = Installation.open(
                        "telemetry.otlp.endpoint=http://127.0.0.1:" + deaf.getLocalPort() + "/v1/traces")) {
            GroupKey meters = Customer.create(house.operator(), "acme").sharesKey("meters");
            Door.NATIVE.knock(house.target("acme"), meters.make("meter-0"));
            long start = System.nanoTime();
            for (int i = 1; i <= 20; i++) {
                assertThat(Door.NATIVE.knock(house.target("acme"), meters.make("meter-" + i)))
                        .isInstanceOf(Ending.Enrolled.class);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
            Awaitility.await()
                    .atMost(40, TimeUnit.SECONDS)
                    .until(() -> Scrape.of(house).sum("muster_trace_spans_total", "result", "failed") > 0);
        }
    }

    @Test
    void nothing_is_sent_unless_it_is_asked_for() throws IOException {
        try (Installation house = Installation.open()) {
            assertThat(Scrape.of(house).names()).doesNotContain("muster_trace_spans_total");
        }
    }

    private static Span only(List<Span> spans, String name) {
        List<Span> found =
                spans.stream().filter(span -> span.getName().equals(name)).toList();
        assertThat(found).as(name).hasSize(1);
        return found.getFirst();
    }

    private static Map<String, String> attributes(Span span) {
        return span.getAttributesList().stream()
                .collect(Collectors.toMap(
                        KeyValue::getKey, attribute -> attribute.getValue().getStringValue()));
    }
}
