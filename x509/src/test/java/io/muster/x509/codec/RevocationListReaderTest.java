package io.muster.x509.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.x509.testkit.CertificateSpec;
import io.muster.x509.testkit.TestAuthority;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

class RevocationListReaderTest {

    private static final TestAuthority MAKER = TestAuthority.root("Maker");
    private static final BigInteger SEVEN = BigInteger.valueOf(7);

    @Test
    void what_is_on_the_list_is_revoked() throws Exception {
        X509v2CRLBuilder builder = builder();
        builder.addCRLEntry(SEVEN, Date.from(CertificateSpec.NOW), CRLReason.keyCompromise);
        builder.addCRLEntry(BigInteger.TWO, Date.from(CertificateSpec.NOW), CRLReason.removeFromCRL);

        Optional<RevocationList> read = RevocationListReader.read(der(builder));

        assertThat(read.orElseThrow().serials()).containsExactly(SEVEN);
        assertThat(read.orElseThrow().issuer().text()).isEqualTo("CN=Maker");
    }

    @Test
    void an_empty_list_revokes_nothing() throws Exception {
        assertThat(RevocationListReader.read(der(builder())).orElseThrow().serials())
                .isEmpty();
    }

    @Test
    void a_list_tells_when_a_newer_one_is_due_or_does_not() throws Exception {
        Instant due = CertificateSpec.NOW.plusSeconds(3_600);
        RevocationList dated = RevocationListReader.read(der(builder().setNextUpdate(Date.from(due))))
                .orElseThrow();

        assertThat(dated.nextUpdate()).contains(due);
        assertThat(dated.isOutdated(due)).isFalse();
        assertThat(dated.isOutdated(due.plusSeconds(1))).isTrue();
        RevocationList undated = RevocationListReader.read(der(builder())).orElseThrow();
        assertThat(undated.nextUpdate()).isEmpty();
        assertThat(undated.isOutdated(Instant.MAX)).isFalse();
    }

    @Test
    void a_list_that_speaks_for_other_issuers_is_not_read() throws Exception {
        X509v2CRLBuilder builder = builder();
        builder.addExtension(
                Extension.issuingDistributionPoint,
                true,
                new IssuingDistributionPoint(null, false, false, null, true, false));

        assertThat(RevocationListReader.read(der(builder))).isEmpty();
    }

    @Test
    void a_list_cut_anywhere_is_not_read() throws Exception {
        X509v2CRLBuilder builder = builder();
        builder.addCRLEntry(SEVEN, Date.from(CertificateSpec.NOW), CRLReason.keyCompromise);
        byte[] der = der(builder);

        for (int length = 0; length < der.length; length++) {
            assertThat(RevocationListReader.read(Arrays.copyOf(der, length))).isEmpty();
        }
        assertThat(RevocationListReader.read(MAKER.der())).isEmpty();
        assertThat(RevocationListReader.read(new byte[RevocationList.MAX_BYTES + 1]))
                .isEmpty();
    }

    private static X509v2CRLBuilder builder() {
        return new X509v2CRLBuilder(MAKER.name(), Date.from(CertificateSpec.NOW));
    }

    private static byte[] der(X509v2CRLBuilder builder) throws Exception {
        return builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                        .build(MAKER.keys().getPrivate()))
                .getEncoded();
    }
}
