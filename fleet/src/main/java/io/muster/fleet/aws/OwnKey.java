package io.muster.fleet.aws;

import java.io.IOException;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/// Whether a private and a public key belong together.
final class OwnKey {

    private OwnKey() {}

    /// False as well for kinds of key that no device here uses: RSA and elliptic curves are known.
    static boolean fits(PrivateKeyInfo privateKey, SubjectPublicKeyInfo publicKey) throws IOException {
        AsymmetricKeyParameter secret = PrivateKeyFactory.createKey(privateKey);
        AsymmetricKeyParameter known = PublicKeyFactory.createKey(publicKey);
        if (secret instanceof RSAPrivateCrtKeyParameters mine && known instanceof RSAKeyParameters shown) {
            return mine.getModulus().equals(shown.getModulus())
                    && mine.getPublicExponent().equals(shown.getExponent());
        }
        if (secret instanceof ECPrivateKeyParameters mine && known instanceof ECPublicKeyParameters shown) {
            return mine.getParameters().equals(shown.getParameters())
                    && mine.getParameters().getG().multiply(mine.getD()).equals(shown.getQ());
        }
        return false;
    }
}
