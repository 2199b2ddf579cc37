package io.muster.desk.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.access.SharedAccessSignature;
import io.muster.core.device.Name;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedAccessTokenTest {

    /// 32 octets that are nobody's signature.
    private static final String SIG = "ZXhhbXBsZV9vZl8zMl9ieXRlc190aGF0X2lzX25vbmU%3D";

    @Test
    void a_token_is_read_whatever_the_order_of_its_parts() {
        SharedAccessSignature read = SharedAccessToken.read(
                        "SharedAccessSignature skn=owner@acme&se=1800000000&sig=" + SIG + "&sr=dps.example.com%3a8443")
                .orElseThrow();

        assertThat(read.policy()).isEqualTo("owner");
        assertThat(read.tenant()).contains(new Name("acme"));
        assertThat(read.resource()).isEqualTo("dps.example.com:8443");
        assertThat(read.expires()).isEqualTo(Instant.ofEpochSecond(1_800_000_000));
        assertThat(read.signed()).isEqualTo("dps.example.com%3a8443\n1800000000");
    }

    @Test
    void a_policy_may_be_named_without_its_tenant() {
        SharedAccessSignature read = SharedAccessToken.read("sharedaccesssignature sr=a&sig=" + SIG + "&se=1&skn=owner")
                .orElseThrow();

        assertThat(read.policy()).isEqualTo("owner");
        assertThat(read.tenant()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer abc",
                "SharedAccessSignature ",
                "SharedAccessSignature sr=a&sig=SIG&se=1",
                "SharedAccessSignature sr=a&sig=SIG&se=1&skn=owner&skn=owner",
                "SharedAccessSignature sr=a&sig=SIG&se=1&skn=owner&more=1",
                "SharedAccessSignature sr=a&sig=SIG&se=-1&skn=owner",
                "SharedAccessSignature sr=a&sig=SIG&se=999999999999&skn=owner",
                "SharedAccessSignature sr=a&sig=SIG&se=1&skn=owner@acme@other",
                "SharedAccessSignature sr=a&sig=SIG&se=1&skn=owner@ACME",
                "SharedAccessSignature sr=a&sig=SIG&se=1&skn=",
                "SharedAccessSignature sr=a&sig=AAAA&se=1&skn=owner",
                "SharedAccessSignature sr=a&sig=%zz&se=1&skn=owner",
            })
    void what_is_no_token_is_none(String header) {
        assertThat(SharedAccessToken.read(header.replace("SIG", SIG))).isEmpty();
    }

    @Test
    void a_token_that_is_too_long_is_none() {
        assertThat(SharedAccessToken.read(
                        "SharedAccessSignature sr=" + "a".repeat(1_000) + "&sig=" + SIG + "&se=1&skn=owner"))
                .isEmpty();
    }
}
