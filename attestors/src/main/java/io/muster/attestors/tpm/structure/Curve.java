package io.muster.attestors.tpm.structure;

import java.math.BigInteger;

/// The curves that are taken (TPM 2.0 Library, Part 2, TPM_ECC_CURVE).
public enum Curve {
    P256(
            "secp256r1",
            32,
            "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
            "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b"),
    P384(
            "secp384r1",
            48,
            "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
            "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef");

    private static final BigInteger THREE = BigInteger.valueOf(3);

    private final String javaName;
    private final int bytes;
    private final BigInteger p;
    private final BigInteger b;

    /// FIPS 186-4, appendix D.1.2: the curve y² = x³ - 3x + b over the integers modulo p.
    Curve(String javaName, int bytes, String p, String b) {
        this.javaName = javaName;
        this.bytes = bytes;
        this.p = new BigInteger(p, 16);
        this.b = new BigInteger(b, 16);
    }

    static Curve read(Cursor cursor) {
        int code = cursor.u16("the curve");
        return switch (code) {
            case 0x0003 -> P256;
            case 0x0004 -> P384;
            default -> throw Unreadable.unsupported("the curve " + Cursor.hex(code));
        };
    }

    public String javaName() {
        return javaName;
    }

    /// How long a coordinate is.
    public int bytes() {
        return bytes;
    }

    /// Whether the point lies on the curve. A point beside it would give away the other side's secret in a key
    /// agreement (SP 800-56A section 5.6.2.3.4).
    boolean holds(BigInteger x, BigInteger y) {
        if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0) {
            return false;
        }
        BigInteger right = x.multiply(x).subtract(THREE).multiply(x).add(b);
        return y.multiply(y).subtract(right).mod(p).signum() == 0;
    }
}
