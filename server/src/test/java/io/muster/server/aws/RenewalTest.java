package io.muster.server.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.fleet.aws.ThingTemplate;
import io.muster.fleet.device.CertificateRequest;
import io.muster.fleet.device.Keysmith;
import io.muster.fleet.device.X509Device;
import io.muster.server.aws.AwsSdk.Certificate;
import io.muster.server.aws.AwsSdk.Connection;
import io.muster.server.testkit.Bash;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A thing whose certificate was made before it had a name renews it by openssl and curl, and comes back.
class RenewalTest {

    private static final String NAME = "pump-1";

    /// RFC 7030 section 4.2.2: the subject of the certificate is the subject of the request.
    private static final String RENEW = """
            openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out next.key
            name=$(openssl x509 -in cert.pem -noout -subject -nameopt multiline | sed -n 's/^ *commonName *= //p')
            openssl req -new -key next.key -subj "/CN=$name" -out next.csr
            openssl req -in next.csr -outform DER | openssl base64 > csr.b64
            curl -sS -f --cacert server.pem --cert cert.pem --key cert.key -H 'Content-Type: application/pkcs10' \\
                --data-binary @csr.b64 $SERVER/.well-known/est/acme/simplereenroll > answer.b64
            openssl base64 -d -A -in answer.b64 | openssl pkcs7 -inform DER -print_certs -out next.pem
            openssl x509 -in next.pem -noout -subject
            """;

    @AutoClose
    private static final Installation HOUSE = Installation.open();

    private static final AwsCustomer ACME = AwsCustomer.create(HOUSE.operator(), "acme");

    private final Endpoint endpoint = Endpoint.of(HOUSE);
    private final AwsSdk sdk = AwsSdk.V2_OVER_5;

    @BeforeAll
    static void needs() throws Exception {
        Bash.needs("openssl", "curl");
        ACME.takesClaims("things", ThingTemplate.BODY);
    }

    @Test
    void its_next_certificate_has_its_name_and_its_policies_hold() throws Exception {
        X509Device thing = registered();
        Bash device = Bash.in(Ground.folder("device"));
        Files.copy(HOUSE.house().data().serverAnchor(), device.folder().resolve("server.pem"));
        Files.writeString(device.folder().resolve("cert.pem"), thing.certificatePem());
        Files.writeString(device.folder().resolve("cert.key"), thing.privateKeyPem());

        assertThat(device.types("SERVER=" + HOUSE.house().devicesUrl() + "\n" + RENEW))
                .contains("CN = " + NAME);

        X509Device renewed = Thing.given(NAME, read(device, "next.pem"), read(device, "next.key"));
        try (Connection connection = sdk.connect(endpoint, renewed, NAME)) {
            assertThat(connection.publishes("t/" + NAME + "/telemetry", "{\"warm\":21}"))
                    .isTrue();
        }
        assertThat(ACME.customer().device(NAME).path("registrationId").asText()).isEqualTo(NAME);
        assertThat(ACME.customer().devices()).hasSize(1);
    }

    private X509Device registered() {
        X509Device claim = ACME.claim("line-1", "things");
        CertificateRequest request = new Keysmith().request(NAME);
        try (Connection connection = sdk.connect(endpoint, claim, NAME)) {
            Certificate created = connection.identity().createFromCsr(Thing.pem(request));
            connection.identity().register("things", created.ownershipToken(), Map.of("SerialNumber", NAME));
            X509Device thing = Thing.granted(request, created.pem());
            try (Connection first = sdk.connect(endpoint, thing, NAME)) {
                assertThat(first.publishes("t/" + NAME + "/telemetry", "{}")).isTrue();
            }
            return thing;
        }
    }

    private static String read(Bash device, String file) throws Exception {
        Path path = device.folder().resolve(file);
        return Files.readString(path);
    }
}
