package io.muster.x509.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.Check;
import io.muster.x509.codec.CertificateRequestReader.Reading;
import io.muster.x509.testkit.RequestSpec;
import io.muster.x509.testkit.TestKeys;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

/// Any bytes as a certificate request. What is read can be told and taken apart again by the issuer.
class RequestFuzzTest {

    private static final int CHANGES = Boolean.getBoolean("muster.test.full") ? 1_000_000 : 20_000;

    @FuzzTest(maxDuration = "1m")
    void any_bytes_are_read_or_refused(byte[] data) {
        readOrRefuse(data);
    }

    /// Random bytes seldom get far: these begin as requests.
    @Test
    void requests_that_are_changed_at_random_are_read_or_refused() {
        Random random = new Random(7030);
        List<byte[]> requests = List.of(
                RequestSpec.of("x").der(),
                RequestSpec.of("x", TestKeys.rsa(2048))
                        .attribute(PKCSObjectIdentifiers.pkcs_9_at_challengePassword, new DERUTF8String("p"))
                        .extension(Extension.basicConstraints, new BasicConstraints(true))
                        .extension(
                                Extension.subjectAlternativeName,
                                new GeneralNames(new GeneralName(GeneralName.dNSName, "x.example")))
                        .der(),
                RequestSpec.of("x", TestKeys.ed25519())
                        .subject(new X500Name("O=Acme+OU=x,CN=pump-1"))
                        .extension(Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature))
                        .der());

        for (int i = 0; i < CHANGES; i++) {
            byte[] changed = requests.get(i % requests.size()).clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(changed.length);
                int from = random.nextInt(changed.length);
                int length = 1 + random.nextInt(Math.min(8, changed.length - Math.max(at, from)));
                if (random.nextBoolean()) {
                    System.arraycopy(changed, from, changed, at, length);
                } else {
                    changed[at] = (byte) random.nextInt();
                }
            }
            readOrRefuse(changed);
        }
    }

    private static void readOrRefuse(byte[] data) {
        switch (CertificateRequestReader.read(data, Purpose.ENROLL)) {
            case Reading.Refused it ->
                assertThat(Check.fail("request", it.refusal()).rule()).isNotBlank();
            case Reading.Read it -> {
                assertThat(it.request().asked().subject()).isNotNull();
                assertThat(SignedRequest.of(it.request().der()).seal().covered().size())
                        .isLessThan(data.length);
            }
        }
    }
}
