package io.muster.core.connectivity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubEndpointTest {

    @ParameterizedTest
    @CsvSource({
        "mqtts://eu-1.example.com:8883, mqtts://eu-1.example.com:8883",
        "mqtts://eu-1.example.com,      mqtts://eu-1.example.com:8883",
        "mqtt://eu-1.example.com,       mqtt://eu-1.example.com:1883",
        "amqps://eu-1.example.com,      amqps://eu-1.example.com:5671",
        "https://eu-1.example.com,      https://eu-1.example.com:443",
        "wss://eu-1.example.com/,       wss://eu-1.example.com:443",
        "MQTTS://EU-1.Example.COM,      mqtts://eu-1.example.com:8883",
        "mqtts://192.0.2.1:1,           mqtts://192.0.2.1:1",
        "mqtts://[2001:db8::1]:65535,   mqtts://[2001:db8::1]:65535",
    })
    void an_address_is_written_in_one_way(String text, String written) {
        assertThat(HubEndpoint.parse(text))
                .hasValueSatisfying(endpoint -> assertThat(endpoint.uri()).isEqualTo(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "eu-1.example.com",
                "eu-1.example.com:8883",
                "://eu-1.example.com",
                "mqtts:",
                "mqtts:eu-1.example.com",
                "mqtts://",
                "mqtts:///",
                "mqtts://:8883",
                "tcp://eu-1.example.com",
                "http://eu-1.example.com",
                "ws://eu-1.example.com",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "mqtts://eu-1.example.com:0",
                "mqtts://eu-1.example.com:65536",
                "mqtts://eu-1.example.com:99999999999",
                "mqtts://eu-1.example.com:-1",
                "mqtts://eu-1.example.com/path",
                "mqtts://eu-1.example.com?q",
                "mqtts://eu-1.example.com#f",
                "mqtts://user:word@eu-1.example.com",
                "mqtts://eu 1.example.com",
                "mqtts://eu_1.example.com",
                "mqtts://eu-1.ex\u00e4mple.com",
                "mqtts://\u0435u-1.example.com",
                "mqtts://eu-1.example.com\r\nX: y",
                "mqtts://eu-1.example.com\u0000",
                "mqtts://1.2.3.999",
                "mqtts://a..b",
            })
    void what_is_not_an_address_of_a_hub_is_refused(String text) {
        assertThat(HubEndpoint.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 1_000_000})
    void an_address_has_a_bounded_length(int length) {
        String prefix = "mqtts://";
        assertThat(HubEndpoint.parse(prefix + "a".repeat(length - prefix.length())))
                .isEmpty();
    }
}
