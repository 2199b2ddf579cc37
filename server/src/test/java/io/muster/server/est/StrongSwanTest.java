package io.muster.server.est;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.server.testkit.Bash;
import io.muster.server.testkit.EstCustomer;
import io.muster.server.testkit.Installation;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// strongSwan's own EST client, unmodified.
class StrongSwanTest {

    @AutoClose
    private static final Installation HOUSE = Installation.open();

    private static final EstCustomer ACME = EstCustomer.create(HOUSE, "acme");

    @BeforeAll
    static void enroll() throws Exception {
        Bash.needs("pki", "openssl", "curl");
        ACME.handsOutTokens("gates", "--renew-after", "0");
    }

    @Test
    void it_fetches_the_authorities_enrolls_by_token_and_renews_with_its_certificate() throws Exception {
        Bash device = ACME.device("gates");
        String token = ACME.token("gates", "gate-1");

        device.types("""
                . ./env
                pki --estca --url $EST --cacert server.pem --caout ca.pem --outform pem --force
                pki --gen --type ecdsa --size 256 --outform pem > key.pem
                pki --req --type ecdsa --in key.pem --dn "CN=gate-1" --outform der > req.der
                cat ca*.pem > roots.pem
                pki --est --url $EST --in req.der --cacert server.pem $(for f in ca*.pem; do echo --cacert $f; done) \\
                    --userpass gate-1:%s --outform pem > cert.pem
                """.formatted(token));
        String first = device.types("openssl x509 -in cert.pem -noout -subject -serial");
        assertThat(first).contains("CN = gate-1");

        device.types("""
                . ./env
                pki --gen --type ecdsa --size 256 --outform pem > key2.pem
                pki --req --type ecdsa --in key2.pem --dn "CN=gate-1" --outform der > req2.der
                pki --est --url $EST --in req2.der --cacert server.pem $(for f in ca*.pem; do echo --cacert $f; done) \\
                    --cert cert.pem --key key.pem --outform pem > cert2.pem
                """);
        assertThat(device.types("openssl x509 -in cert2.pem -noout -subject -serial"))
                .contains("CN = gate-1")
                .isNotEqualTo(first);
        assertThat(ACME.certificates("gate-1"))
                .extracting(it -> it.path("state").asText())
                .containsExactlyInAnyOrder("current", "replaced");
        assertThat(ACME.customer().devices()).hasSize(1);
    }

    @Test
    void a_wrong_token_ends_in_one_clear_refusal() throws Exception {
        Bash device = ACME.device("gates");
        ACME.token("gates", "gate-2");

        Bash.Said said = device.tries("""
                . ./env
                pki --gen --type ecdsa --size 256 --outform pem > key.pem
                pki --req --type ecdsa --in key.pem --dn "CN=gate-2" --outform der > req.der
                pki --est --url $EST --in req.der --cacert server.pem --userpass gate-2:wrong --outform pem > cert.pem
                """);

        assertThat(said.code()).isNotZero();
        assertThat(said.output()).contains("401");
        assertThat(ACME.customer().types("why", "gate-2")).contains("was refused", "token");
    }
}
