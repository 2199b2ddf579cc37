package io.muster.outlets.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import io.muster.outlets.event.StrictJson;
import java.util.Arrays;
import java.util.Optional;

/// What an expression can ask about a message.
enum Variable {
    TENANT("tenant", SimpleType.STRING, 64),
    DEVICE("device", SimpleType.STRING, 128),
    REGISTRATION("registration", SimpleType.STRING, 128),
    TYPE("type", SimpleType.STRING, 128),
    ENROLLMENT("enrollment", SimpleType.STRING, 64),
    REGION("region", SimpleType.STRING, 64),
    HUB("hub", SimpleType.STRING, 64),
    TOPIC("topic", SimpleType.STRING, 64 * 1024),
    QOS("qos", SimpleType.INT, 1),
    SIZE("bytes", SimpleType.INT, 1),
    PROPERTIES("properties", MapType.create(SimpleType.STRING, SimpleType.STRING), 64 * 1024),
    FACTS("facts", SimpleType.DYN, StrictJson.LONGEST),
    PAYLOAD("payload", SimpleType.DYN, StrictJson.LONGEST),
    TEXT("text", SimpleType.STRING, StrictJson.LONGEST);

    private final String word;

    /// Immutable, which its type does not say.
    @SuppressWarnings("ImmutableEnumChecker")
    private final CelType type;

    private final int largest;

    Variable(String word, CelType type, int largest) {
        this.word = word;
        this.type = type;
        this.largest = largest;
    }

    String word() {
        return word;
    }

    CelType type() {
        return type;
    }

    /// Most characters, octets or elements that it can have.
    int largest() {
        return largest;
    }

    static Optional<Variable> named(String word) {
        return Arrays.stream(values()).filter(it -> it.word.equals(word)).findFirst();
    }
}
