package io.muster.store.roster;

import io.muster.core.device.Name;
import io.muster.core.roster.RegisteredAnchor;
import io.muster.store.pack.Packer;
import io.muster.store.pack.Unpacker;
import io.muster.store.sealing.Address;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.Octets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// How an anchor is written under the tenant's seal.
final class AnchorForm {

    private static final int FORM = 1;

    private AnchorForm() {}

    static byte[] write(RegisteredAnchor anchor) {
        Packer out = new Packer(FORM)
                .text(anchor.name().value())
                .number(anchor.version())
                .text(anchor.code())
                .number(anchor.registeredAt().toEpochMilli())
                .list(anchor.verifiedAt().stream().toList(), (to, it) -> to.number(it.toEpochMilli()));
        EnrollmentForm.write(out, anchor.certificate());
        return out.bytes();
    }

    static RegisteredAnchor read(Name tenant, byte[] bytes) {
        Unpacker in = new Unpacker(FORM, bytes);
        Name name = new Name(in.text());
        int version = in.integer();
        String code = in.text();
        Instant registered = Instant.ofEpochMilli(in.number());
        var verified = in.list(Unpacker::number).stream().findFirst().map(Instant::ofEpochMilli);
        return new RegisteredAnchor(tenant, name, version, EnrollmentForm.readAnchor(in), code, registered, verified);
    }

    static Address address(int tenant, Name name, int version) {
        return Address.of(Table.ANCHOR, tenant, Octets.of(name.value().getBytes(StandardCharsets.UTF_8)), version);
    }
}
