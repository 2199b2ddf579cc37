package io.muster.attestors.tpm.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.attestors.tpm.credential.Primitives;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.conscrypt.Conscrypt;

/// Who computes: the mathematics are the same.
public enum Maker {
    JDK,
    BOUNCY_CASTLE,
    CONSCRYPT;

    public Primitives primitives() {
        return switch (this) {
            case JDK -> Primitives.ofPlatform();
            case BOUNCY_CASTLE -> Primitives.of(new BouncyCastleProvider());
            case CONSCRYPT -> {
                assumeTrue(Conscrypt.isAvailable(), "Conscrypt does not load on this machine");
                yield Primitives.of(Conscrypt.newProvider());
            }
        };
    }
}
