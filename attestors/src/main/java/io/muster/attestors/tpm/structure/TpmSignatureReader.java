package io.muster.attestors.tpm.structure;

import io.muster.core.device.Bytes;
import io.muster.x509.codec.Der;
import java.math.BigInteger;

/// Reads signatures of RSA and ECC keys.
public final class TpmSignatureReader {

    private static final int SHORTEST_RSA = 2048 / 8;
    private static final int LONGEST_RSA = 4096 / 8;
    private static final int LIMIT = 2 + 2 + 2 + LONGEST_RSA;

    private TpmSignatureReader() {}

    public static Reading<TpmSignature> read(byte[] tpmtSignature) {
        return Cursor.read("the signature", tpmtSignature, LIMIT, TpmSignatureReader::signature);
    }

    private static TpmSignature signature(Cursor cursor) {
        SigningScheme scheme = SigningScheme.read(cursor);
        byte[] value =
                switch (scheme.algorithm()) {
                    case RSASSA, RSAPSS -> cursor.sized("the signature's number", SHORTEST_RSA, LONGEST_RSA);
                    case ECDSA -> Der.sequence(integer(cursor, "r"), integer(cursor, "s"));
                };
        return new TpmSignature(scheme, Bytes.of(value));
    }

    /// A TPM may leave out zeros in front: one signature in 128 is shorter than its curve.
    private static byte[] integer(Cursor cursor, String name) {
        BigInteger number = Numbers.of(cursor.sized("the signature's " + name, 1, Curve.P384.bytes()));
        if (number.signum() == 0) {
            throw Unreadable.malformed("the signature's " + name + " is zero");
        }
        return Der.element(Der.INTEGER, number.toByteArray());
    }
}
