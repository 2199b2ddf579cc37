package io.muster.server.est;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientRegistrationResult;
import io.muster.server.testkit.AzureSdk;
import io.muster.server.testkit.Bash;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.SdkIdentities;
import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// An unmodified device of Azure's that sends a certificate request with its registration.
class DpsCertificateTest {

    @AutoClose
    private static final Installation HOUSE = Installation.open();

    private static final Customer ACME = Customer.create(HOUSE.operator(), "acme");

    @Test
    void a_request_in_the_payload_brings_the_chain_back_and_asking_again_the_same() throws Exception {
        Bash.needs("openssl");
        Bash device = Bash.in(Ground.folder("device"));
        String csr = device.types("""
                openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem
                openssl req -new -key key.pem -subj /CN=bench-1 -outform DER | openssl base64 -A
                """);
        String key = ACME.givesKey("lab-bench", "bench-1");

        JsonNode first = register(key, csr);
        Files.writeString(
                device.folder().resolve("cert.pem"), first.path("certificate").asText());
        Files.writeString(
                device.folder().resolve("chain.pem"),
                first.path("certificateChain").asText());
        Files.writeString(
                device.folder().resolve("root.pem"),
                first.path("certificateAuthorities").asText());

        assertThat(device.types("openssl verify -x509_strict -CAfile root.pem -untrusted chain.pem cert.pem"))
                .contains("cert.pem: OK");
        assertThat(device.types("openssl x509 -in cert.pem -noout -pubkey"))
                .isEqualTo(device.types("openssl pkey -in key.pem -pubout"));
        assertThat(register(key, csr).path("certificate")).isEqualTo(first.path("certificate"));
        JsonNode said = ACME.device("bench-1").path("payload");
        assertThat(said.path("model").asText()).isEqualTo("P-7");
        assertThat(said.has("csr")).isFalse();
    }

    private static JsonNode register(String key, String csr) throws Exception {
        ProvisioningDeviceClientRegistrationResult result = AzureSdk.trusting(HOUSE.target("acme"))
                .register(
                        SdkIdentities.key("bench-1", key),
                        Optional.of("{\"model\":\"P-7\",\"csr\":\"" + csr.strip() + "\"}"));
        return new ObjectMapper().readTree(result.getProvisioningPayload());
    }
}
