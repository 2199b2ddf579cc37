package io.muster.server.tpm;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.attestors.tpm.testkit.Board;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Installation;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A board whose maker took its certificate back, from the operator's upload to what the device hears.
class RevokedBoardTest {

    private static final ChipMaker MAKER = new ChipMaker();

    @AutoClose
    private static final Installation HOUSE = Installation.open();

    private final Board board = MAKER.board();

    @Test
    void a_revoked_board_is_refused_until_a_newer_list_has_it_no_more() throws Exception {
        Customer customer = customer("acme");
        try (BoardOnWire wire = new BoardOnWire(HOUSE.target("acme"))) {
            assertThat(wire.enrolls("board-1", board).status()).isEqualTo(200);

            brings(customer, list(serial()));
            BoardOnWire.Answer refused = wire.enrolls("board-1", board);

            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body().path("code").asText()).isEqualTo("endorsement_certificate_unacceptable");
            assertThat(refused.text()).doesNotContain(serial().toString(16)).doesNotContainIgnoringCase("revoked");
            assertThat(customer.types("why", refused.body().path("attempt").asText()))
                    .contains("was refused", "revoked the certificate with the serial number " + serial().toString(16));
            assertThat(customer.types("why", "board-1")).contains("was refused");

            brings(customer, list(BigInteger.TWO));

            assertThat(wire.enrolls("board-1", board).body().path("change").asText())
                    .isEqualTo("unchanged");
            assertThat(customer.devices()).hasSize(1);
        }
    }

    @Test
    void at_the_dps_door_no_makers_word_lets_a_board_in_whether_it_was_taken_back_or_not() throws Exception {
        Customer customer = customer("umbrella");
        try (BoardOnWire wire = new BoardOnWire(HOUSE.target("umbrella"))) {
            for (BigInteger revoked : List.of(serial(), BigInteger.TWO)) {
                brings(customer, list(revoked));
                BoardOnWire.Answer refused = wire.registersAtDps("board-1", board);

                assertThat(refused.status()).isEqualTo(403);
                assertThat(refused.body().path("errorCode").asInt()).isEqualTo(401261);
                assertThat(refused.body().path("message").asText())
                        .isEqualTo("The endorsement certificate is missing (endorsement_certificate_missing).");
                assertThat(customer.types(
                                "why", refused.body().path("trackingId").asText()))
                        .contains("was refused", "sent no certificate of its endorsement key");
            }
            assertThat(customer.devices()).isEmpty();
        }
    }

    @Test
    void an_outdated_list_lets_the_board_in_and_the_operator_reads_that_it_is_outdated() throws Exception {
        Customer customer = customer("initech");
        try (BoardOnWire wire = new BoardOnWire(HOUSE.target("initech"))) {
            brings(customer, list(BigInteger.TWO));

            assertThat(wire.enrolls("board-1", board).status()).isEqualTo(200);

            assertThat(customer.types("why", "board-1"))
                    .contains("was accepted", "revocation lists outdated", "a newer list was due 2020-01-02T00:00:00Z");
        }
    }

    private static Customer customer(String tenant) {
        Customer customer = Customer.create(HOUSE.operator(), tenant);
        MAKER.isTrustedBy(customer);
        return customer;
    }

    private static void brings(Customer customer, String list) {
        customer.asks("enrollment", "change", "boards", "--tpm-crl", customer.file("crls.pem", list));
    }

    private BigInteger serial() {
        return Certificate.getInstance(board.certificate().orElseThrow().toArray())
                .getSerialNumber()
                .getValue();
    }

    private static String list(BigInteger serial) throws Exception {
        X509v2CRLBuilder builder =
                new X509v2CRLBuilder(MAKER.authority().name(), Date.from(Instant.parse("2020-01-01T00:00:00Z")));
        builder.setNextUpdate(Date.from(Instant.parse("2020-01-02T00:00:00Z")));
        builder.addCRLEntry(serial, Date.from(Instant.parse("2020-01-01T00:00:00Z")), CRLReason.keyCompromise);
        byte[] der = builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                        .build(MAKER.authority().keys().getPrivate()))
                .getEncoded();
        return "-----BEGIN X509 CRL-----\n" + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END X509 CRL-----\n";
    }
}
