package io.muster.store.lane;

import io.muster.store.sealing.Octets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// A row of table `entry` but for its place in the lane, which only the writer knows.
public record EntryRow(
        short slot,
        Octets subjectId,
        int version,
        int tenant,
        short kind,
        long at,
        String actor,
        Octets actId,
        Octets sealed) {

    /// Hash over the row as it is stored: it can be checked for ever, also when nobody can open the row any more.
    public Octets leafHash() {
        MessageDigest sha = Head.sha256();
        sha.update(ByteBuffer.allocate(20)
                .putShort(slot)
                .putInt(version)
                .putInt(tenant)
                .putShort(kind)
                .putLong(at)
                .array());
        sha.update(subjectId.raw());
        sha.update(actId.raw());
        byte[] who = actor.getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(4).putInt(who.length).array());
        sha.update(who);
        return Octets.of(sha.digest(sealed.raw()));
    }
}
