package io.muster.store.roster;

import io.muster.core.device.KeyAlgorithm;
import io.muster.core.device.Name;
import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.CertificateProfile.KeyUsage;
import io.muster.core.roster.CertificateProfile.SubjectRule;
import io.muster.core.roster.NameTemplate;
import io.muster.store.pack.Packer;
import io.muster.store.pack.Unpacker;
import io.muster.store.sealing.Address;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.Octets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// How one version of a certificate profile is written under the tenant's seal.
final class ProfileForm {

    private static final int FORM = 1;

    private ProfileForm() {}

    static byte[] write(CertificateProfile profile) {
        return new Packer(FORM)
                .text(profile.name().value())
                .number(profile.version())
                .number(profile.life().toMillis())
                .number(profile.backdating().toMillis())
                .list(sorted(profile.algorithms()), (to, it) -> to.text(it.name()))
                .list(sorted(profile.keyUsages()), (to, it) -> to.text(it.name()))
                .list(sorted(profile.purposes()), Packer::text)
                .text(profile.subject().name())
                .list(profile.alternativeNames(), (to, it) -> to.text(it.toString()))
                .number(profile.serverKeys() ? 1 : 0)
                .bytes();
    }

    static CertificateProfile read(Name tenant, byte[] bytes) {
        Unpacker in = new Unpacker(FORM, bytes);
        return new CertificateProfile(
                tenant,
                new Name(in.text()),
                in.integer(),
                Duration.ofMillis(in.number()),
                Duration.ofMillis(in.number()),
                in.list(from -> KeyAlgorithm.valueOf(from.text())).stream().collect(Collectors.toSet()),
                in.list(from -> KeyUsage.valueOf(from.text())).stream().collect(Collectors.toSet()),
                Set.copyOf(in.list(Unpacker::text)),
                SubjectRule.valueOf(in.text()),
                in.list(from -> NameTemplate.parse(from.text()).orElseThrow()),
                in.number() == 1);
    }

    static Address address(int tenant, Name name, int version) {
        return Address.of(Table.PROFILE, tenant, Octets.of(name.value().getBytes(StandardCharsets.UTF_8)), version);
    }

    private static <T extends Comparable<? super T>> List<T> sorted(Set<T> values) {
        return values.stream().sorted().toList();
    }
}
