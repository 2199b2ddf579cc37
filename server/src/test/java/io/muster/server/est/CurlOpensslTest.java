package io.muster.server.est;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.muster.server.testkit.Bash;
import io.muster.server.testkit.EstCustomer;
import io.muster.server.testkit.Installation;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// EST by hand, with curl and openssl, and what openssl says of all that is issued.
class CurlOpensslTest {

    private static final String ENROLL = """
            . ./env
            openssl req -new -key key.pem -subj /CN=%1$s -outform DER | openssl base64 > csr.b64
            curl -sS -f --cacert server.pem %2$s -H 'Content-Type: application/pkcs10' --data-binary @csr.b64 \\
                $LABELED/%3$s > answer.b64
            openssl base64 -d -A -in answer.b64 | openssl pkcs7 -inform DER -print_certs > %4$s
            """;

    private static final String AUTHORITIES = """
            . ./env
            curl -sS -f --cacert server.pem $LABELED/cacerts > cacerts.b64
            openssl base64 -d -A -in cacerts.b64 | openssl pkcs7 -inform DER -print_certs > cacerts.pem
            csplit -s -z -f ca- -b %d.pem cacerts.pem '/^subject/' '{*}'
            for f in ca-*.pem; do
              if [ "$(openssl x509 -in $f -noout -subject_hash)" = "$(openssl x509 -in $f -noout -issuer_hash)" ]
              then cp $f root.pem; else cp $f issuing.pem; fi
            done
            """;

    private static final String VERIFY = """
            curl -sS -f "$(openssl x509 -in %1$s -noout -ext crlDistributionPoints | sed -n 's/.*URI://p')" -o crl.der
            openssl crl -inform DER -in crl.der -out crl.pem
            openssl crl -in crl.pem -noout -CAfile cacerts.pem -verify
            openssl verify -x509_strict -crl_check -CAfile root.pem -untrusted issuing.pem -CRLfile crl.pem %1$s
            """;

    @AutoClose
    private static final Installation HOUSE = Installation.open();

    private static final EstCustomer ACME = EstCustomer.create(HOUSE, "acme");
    private static final Maker MAKER = Maker.found("Gate Works");

    @BeforeAll
    static void enroll() throws Exception {
        Bash.needs("openssl", "curl", "csplit");
        ACME.handsOutTokens("gates");
        ACME.customer().trusts("born", MAKER.rootPem());
    }

    @ParameterizedTest
    @CsvSource({
        "p256, genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256",
        "p384, genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384",
        "rsa2048, genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048",
        "rsa4096, genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:4096",
        "ed25519, genpkey -algorithm ED25519"
    })
    void every_kind_of_key_gets_a_certificate_that_openssl_verifies_with_its_crl(String kind, String makes)
            throws Exception {
        Bash device = ACME.device("gates");
        String name = "gate-" + kind;
        device.types("openssl " + makes + " -out key.pem");
        device.types(AUTHORITIES);
        device.types(
                ENROLL.formatted(name, "-u " + name + ":" + ACME.token("gates", name), "simpleenroll", "cert.pem"));

        assertThat(device.types(VERIFY.formatted("cert.pem"))).contains("cert.pem: OK");
    }

    @Test
    void a_revoked_certificate_is_on_the_crl_and_opens_no_door() throws Exception {
        Bash device = ACME.device("gates");
        device.types("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem");
        device.types(AUTHORITIES);
        device.types(ENROLL.formatted(
                "gate-stolen", "-u gate-stolen:" + ACME.token("gates", "gate-stolen"), "simpleenroll", "cert.pem"));
        assertThat(device.types(VERIFY.formatted("cert.pem"))).contains("cert.pem: OK");

        String serial =
                ACME.certificates("gate-stolen").getFirst().path("serial").asText();
        JsonNode revoked = ACME.customer().asks("cert", "revoke", serial, "--reason", "keyCompromise");

        assertThat(revoked.path("state").asText()).isEqualTo("revoked");
        Bash.Said verified = Awaitility.await("the listener holds a CRL for a second")
                .atMost(10, TimeUnit.SECONDS)
                .until(() -> device.tries(VERIFY.formatted("cert.pem")), said -> said.code() != 0);
        assertThat(verified.output()).contains("certificate revoked");
        assertThat(device.types("openssl crl -in crl.pem -noout -text")).contains("Key Compromise", "CRL Number");
        Bash.Said renewal = device.tries(
                ENROLL.formatted("gate-stolen", "--cert cert.pem --key key.pem", "simplereenroll", "cert2.pem"));
        assertThat(renewal.output()).contains("403");
        assertThat(ACME.customer().types("why", "gate-stolen")).contains("revoked");
    }

    @Test
    void a_device_with_its_makers_certificate_gets_one_of_its_owners() throws Exception {
        Bash device = ACME.device("born");
        X509Device born = MAKER.make("gate-born");
        Files.writeString(device.folder().resolve("idev-chain.pem"), born.chainPem());
        Files.writeString(device.folder().resolve("idev.key"), born.privateKeyPem());
        device.types("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem");
        device.types(AUTHORITIES);
        device.types(ENROLL.formatted("gate-born", "--cert idev-chain.pem --key idev.key", "simpleenroll", "cert.pem"));

        assertThat(device.types(VERIFY.formatted("cert.pem"))).contains("cert.pem: OK");
        assertThat(ACME.customer().devices())
                .extracting(it -> it.path("registrationId").asText())
                .contains("gate-born");
    }

    @Test
    void the_server_makes_a_key_where_the_device_cannot() throws Exception {
        Bash device = ACME.device("gates");
        device.types("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out asking.pem");
        device.types("""
                . ./env
                openssl req -new -key asking.pem -subj /CN=gate-dull -outform DER | openssl base64 > csr.b64
                curl -sS -f --cacert server.pem -u gate-dull:%s -H 'Content-Type: application/pkcs10' \\
                    --data-binary @csr.b64 $LABELED/serverkeygen > parts
                tr -d '\\r' < parts | awk '/^--/ {n++; body=0; next} body {print > ("part-" n)} /^$/ {body=1}'
                openssl base64 -d -A -in part-1 | openssl pkcs8 -inform DER -nocrypt -out key.pem
                openssl base64 -d -A -in part-2 | openssl pkcs7 -inform DER -print_certs > cert.pem
                """.formatted(ACME.token("gates", "gate-dull")));

        String key = device.types("openssl pkey -in key.pem -pubout");
        assertThat(device.types("openssl x509 -in cert.pem -noout -pubkey")).isEqualTo(key);
        assertThat(device.types("openssl pkey -in asking.pem -pubout")).isNotEqualTo(key);
    }

    @Test
    void an_installations_only_tenant_tells_its_authorities_without_a_label() throws Exception {
        Bash device = ACME.device("gates");

        String labeled = device.types(". ./env; curl -sS -f --cacert server.pem $LABELED/cacerts");
        assertThat(device.types(". ./env; curl -sS -f --cacert server.pem $ROOT/.well-known/est/cacerts"))
                .isEqualTo(labeled);
        assertThat(device.types("""
                . ./env
                curl -sS -f --cacert server.pem $ROOT/.well-known/est/csrattrs | openssl base64 -d -A \\
                    | openssl asn1parse -inform DER
                """)).contains("id-ecPublicKey");
    }

    @Test
    void nothing_but_signed_objects_is_served_in_the_clear() throws Exception {
        Bash device = ACME.device("gates");
        String plain = HOUSE.house().objectsUrl().orElseThrow().toString();

        for (String path :
                new String[] {"/", "/.well-known/est/cacerts", "/crl/../x", "/crl/00/0.crl", "/health/ready"}) {
            assertThat(device.types("curl -sS -o /dev/null -w '%{http_code}' --path-as-is " + plain + path))
                    .as(path)
                    .isIn("404", "400");
        }
        assertThat(device.types("curl -sS -o /dev/null -w '%{http_code}' -X POST " + plain + "/crl/00/0.crl"))
                .isIn("404", "405");
    }
}
