package io.muster.store.audit;

import io.muster.core.access.Warrant;
import io.muster.store.pack.Packer;
import io.muster.store.pack.Unpacker;

/// What an entry tells of an operator's act; it lies under the entry's seal.
///
/// @param subject kind and name of what was changed, such as `hub:eu-1`
/// @param detail  what it became, in words without secrets
public record Statement(String subject, String detail, Digests digests, String request, String address) {

    private static final int FORM = 2;

    public static Statement of(String subject, String detail, Digests digests, Warrant warrant) {
        return new Statement(subject, detail, digests, warrant.request(), warrant.address());
    }

    public byte[] bytes() {
        return new Packer(FORM)
                .text(subject)
                .text(detail)
                .hex(digests.before())
                .hex(digests.after())
                .text(request)
                .text(address)
                .bytes();
    }

    public static Statement read(byte[] bytes) {
        Unpacker in = new Unpacker(FORM, bytes);
        return new Statement(in.text(), in.text(), new Digests(in.hex(), in.hex()), in.text(), in.text());
    }
}
