package io.muster.doors.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantDomainTest {

    private final TenantDomain domain = new TenantDomain(Optional.of("gate.example.com"));

    @Test
    void the_label_before_the_domain_names_the_tenant_whatever_its_case() {
        assertThat(domain.tenant(asking("acme.gate.example.com"))).contains("acme");
        assertThat(domain.tenant(asking("ACME.Gate.Example.COM"))).contains("acme");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gate.example.com",
                ".gate.example.com",
                "a.b.gate.example.com",
                "acmegate.example.com",
                "acme.gate.example.com.evil.org",
                "127.0.0.1",
                ""
            })
    void any_other_name_names_nobody(String name) {
        assertThat(domain.tenant(asking(name))).isEmpty();
    }

    @Test
    void without_a_name_or_without_a_domain_nobody_is_named() {
        assertThat(domain.tenant(peer(Optional.empty()))).isEmpty();
        assertThat(TenantDomain.NONE.tenant(asking("acme.gate.example.com"))).isEmpty();
    }

    private static TlsPeer asking(String name) {
        return peer(Optional.of(name));
    }

    private static TlsPeer peer(Optional<String> name) {
        return new TlsPeer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), List.of(), name);
    }
}
