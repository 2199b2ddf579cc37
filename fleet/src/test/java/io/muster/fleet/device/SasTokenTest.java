package io.muster.fleet.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

final class SasTokenTest {

    private static final Instant EXPIRES = Instant.ofEpochSecond(1_800_000_000L);
    private static final String GROUP_KEY =
            "8isrFI1sGsIlvvFSSFRiMfCNzv21fjbE/+ah/lSh3lF8e2YG1Te7w1KpZhJFFXJrqYKi9yegxkqIChbqOS9Egw==";

    @Test
    void the_java_sdks_token_ends_in_an_empty_key_name() {
        String token =
                new SymmetricDevice("meter-1", new byte[] {1, 2, 3}).token(SasToken.Dialect.JAVA, "acme", EXPIRES);

        assertThat(token).matches("SharedAccessSignature sr=acme/registrations/meter-1&sig=[^&]+&se=1800000000&skn=");
    }

    @Test
    void the_node_sdks_token_names_the_key_before_the_expiry() {
        String token =
                new SymmetricDevice("meter-1", new byte[] {1, 2, 3}).token(SasToken.Dialect.NODE, "acme", EXPIRES);

        assertThat(token)
                .matches(
                        "SharedAccessSignature sr=acme/registrations/meter-1&sig=[^&]+&skn=registration&se=1800000000");
    }

    @Test
    void the_signature_is_that_of_the_jdk_over_resource_and_expiry() throws Exception {
        byte[] deviceKey = hmac(Base64.getDecoder().decode(GROUP_KEY), "meter-1");
        String expected = Base64.getEncoder().encodeToString(hmac(deviceKey, "acme/registrations/meter-1\n1800000000"));

        String token = GroupKey.fromBase64(GROUP_KEY).make("meter-1").token(SasToken.Dialect.JAVA, "acme", EXPIRES);

        assertThat(URLDecoder.decode(fields(token).get("sig"), StandardCharsets.UTF_8))
                .isEqualTo(expected);
    }

    private static Map<String, String> fields(String token) {
        return Stream.of(token.substring("SharedAccessSignature ".length()).split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static byte[] hmac(byte[] key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
