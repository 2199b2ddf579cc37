package io.muster.doors.est;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.KeyAlgorithm;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.est.AttrOrOID;
import org.bouncycastle.asn1.est.CsrAttrs;
import org.junit.jupiter.api.Test;

class CsrAttributesTest {

    @Test
    void all_kinds_of_key_are_said_in_der_that_others_read() throws Exception {
        byte[] der = CsrAttributes.of(EnumSet.allOf(KeyAlgorithm.class));

        assertThat(said(der))
                .containsExactly(
                        "1.2.840.10045.2.1[1.3.132.0.34, 1.2.840.10045.3.1.7]",
                        "1.2.840.113549.1.1.1[2048]",
                        "1.3.101.112");
        assertThat(ASN1Primitive.fromByteArray(der).getEncoded("DER")).isEqualTo(der);
    }

    @Test
    void one_kind_of_key_is_said_alone() {
        assertThat(said(CsrAttributes.of(Set.of(KeyAlgorithm.P384))))
                .containsExactly("1.2.840.10045.2.1[1.3.132.0.34]");
        assertThat(said(CsrAttributes.of(Set.of(KeyAlgorithm.ED25519)))).containsExactly("1.3.101.112");
    }

    private static List<String> said(byte[] der) {
        return Arrays.stream(CsrAttrs.getInstance(der).getAttrOrOIDs())
                .map(CsrAttributesTest::text)
                .toList();
    }

    private static String text(AttrOrOID entry) {
        return entry.isOid()
                ? entry.getOid().getId()
                : entry.getAttribute().getAttrType().getId()
                        + entry.getAttribute().getAttrValues().toString();
    }
}
