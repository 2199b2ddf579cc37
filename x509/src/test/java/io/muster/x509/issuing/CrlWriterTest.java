package io.muster.x509.issuing;

import static io.muster.x509.testkit.CertificateSpec.NOW;
import static io.muster.x509.testkit.Orders.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.device.Serial;
import io.muster.core.issuance.Issuer.Result;
import io.muster.core.ledger.Certificates.Reason;
import io.muster.core.ledger.Revocations;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.testkit.MemoryVault;
import io.muster.x509.testkit.Openssl;
import io.muster.x509.testkit.Orders;
import io.muster.x509.testkit.RequestSpec;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrlWriterTest {

    private static final boolean FULL = Boolean.getBoolean("muster.test.full");

    @TempDir
    Path folder;

    private final IssuingAuthorities issuer = new IssuingAuthorities(
            new MemoryVault(),
            new AuthoritySettings(
                    "O={tenant}",
                    Duration.ofDays(7_305),
                    Duration.ofDays(3_652),
                    Set.of(),
                    URI.create("http://pki.example"),
                    64),
            SignatureEngine.choose(),
            () -> NOW);

    @Test
    void a_crl_says_when_by_whom_of_what_and_why() {
        Openssl openssl = Openssl.in(folder);
        Result.Signed signed = (Result.Signed) issuer.sign(Orders.of("pump-1", RequestSpec.of("pump-1")));
        Serial compromised = Orders.serial();
        Serial unspecified = Orders.serial();

        openssl.write(
                "a.crl",
                crl(signed.issuer(), 7, 258, each -> {
                            each.accept(new Revocations.Entry(compromised, NOW, Reason.KEY_COMPROMISE));
                            each.accept(new Revocations.Entry(unspecified, NOW.plusSeconds(1), Reason.UNSPECIFIED));
                        })
                        .toArray());
        String text = openssl.run("crl", "-inform", "DER", "-in", "a.crl", "-noout", "-text", "-nameopt", "RFC2253");

        assertThat(text)
                .contains("Version 2 (0x1)", "ecdsa-with-SHA256", ",O=acme")
                .contains("Last Update: Jun  1 12:00:00 2026 GMT", "Next Update: Jun  2 12:00:00 2026 GMT")
                .contains("X509v3 CRL Number: \n                258")
                .contains("X509v3 Issuing Distribution Point: critical")
                .contains("URI:http://pki.example/crl/" + signed.issuer() + "/7.crl")
                .contains("X509v3 Authority Key Identifier")
                .containsIgnoringCase("Serial Number: " + compromised)
                .containsIgnoringCase("Serial Number: " + unspecified)
                .containsOnlyOnce("X509v3 CRL Reason Code")
                .contains("Key Compromise");
    }

    @Test
    void a_crl_that_names_nothing_has_no_list() {
        Openssl openssl = Openssl.in(folder);
        Result.Signed signed = (Result.Signed) issuer.sign(Orders.of("pump-1", RequestSpec.of("pump-1")));

        openssl.write("a.crl", crl(signed.issuer(), 0, 1, each -> {}).toArray());

        assertThat(openssl.run("crl", "-inform", "DER", "-in", "a.crl", "-noout", "-text"))
                .contains("No Revoked Certificates.");
    }

    @Test
    void an_authority_of_another_tenant_signs_nothing() {
        String foreign = issuerOf(new Name("other"));

        assertThatThrownBy(() -> crl(foreign, 0, 1, each -> {})).isInstanceOf(IllegalStateException.class);
    }

    private String issuerOf(Name tenant) {
        return CertificateKeyIds.of(issuer.authorities(tenant).getFirst());
    }

    /// A million in the full run: at most 5 s and 300 MB.
    @Test
    void a_large_crl_is_signed_in_little_time_and_memory() {
        int entries = FULL ? 1_000_000 : 100_000;
        String authority = issuerOf(TENANT);
        crl(authority, 0, 1, many(1_000));
        List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
                .toList();
        System.gc();
        long before = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        heap.forEach(MemoryPoolMXBean::resetPeakUsage);
        long start = System.nanoTime();

        Bytes crl = crl(authority, 0, 2, many(entries));

        double seconds = (System.nanoTime() - start) / 1e9;
        long peak =
                heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() - before;
        System.out.printf(
                "A CRL of %,d entries: %,d bytes, %.2f s, at most %,d MB more of heap.%n",
                entries, crl.size(), seconds, peak / 1_000_000);
        assertThat(seconds).isLessThan(FULL ? 5 : 2);
        assertThat(peak).isLessThan(300_000_000);
        Openssl openssl = Openssl.in(folder);
        openssl.write("big.crl", crl.toArray());
        assertThat(openssl.run("crl", "-inform", "DER", "-in", "big.crl", "-noout", "-crlnumber"))
                .contains("0x02");
    }

    private static Revocations.Entries many(int count) {
        List<Reason> reasons = List.of(Reason.values());
        return each -> {
            byte[] serial = Orders.serial().octets().toArray();
            Instant at = NOW.minusSeconds(count);
            for (int i = 0; i < count; i++) {
                ByteBuffer.wrap(serial).putInt(13, i);
                Reason reason = reasons.get(i % reasons.size());
                each.accept(new Revocations.Entry(new Serial(Bytes.of(serial)), at.plusSeconds(i), reason));
            }
        };
    }

    private Bytes crl(String authority, int shard, long number, Revocations.Entries entries) {
        return issuer.crls()
                .sign(
                        TENANT,
                        new Revocations.Frame(authority, shard, number, NOW, NOW.plus(Duration.ofDays(1))),
                        entries);
    }
}
