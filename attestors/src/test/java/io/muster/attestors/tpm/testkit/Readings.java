package io.muster.attestors.tpm.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.attestors.tpm.structure.Flaw;
import io.muster.attestors.tpm.structure.PublicArea;
import io.muster.attestors.tpm.structure.PublicAreaReader;
import io.muster.attestors.tpm.structure.Reading;
import java.util.Arrays;
import java.util.function.Function;

/// What readings hold, and inputs that none may take.
public final class Readings {

    private Readings() {}

    public static <T> T value(Reading<T> reading) {
        return switch (reading) {
            case Reading.Read<T> read -> read.value();
            case Reading.Refused<T> refused ->
                throw new AssertionError(refused.flaw().says());
        };
    }

    public static Flaw flaw(Reading<?> reading) {
        assertThat(reading).isInstanceOf(Reading.Refused.class);
        return ((Reading.Refused<?>) reading).flaw();
    }

    public static PublicArea area(byte[] tpm2bPublic) {
        return value(PublicAreaReader.sized(tpm2bPublic));
    }

    /// Every beginning of the bytes is refused, and so is whatever follows them.
    public static void assertNeitherShorterNorLonger(byte[] whole, Function<byte[], Reading<?>> reader) {
        assertThat(reader.apply(whole)).isInstanceOf(Reading.Read.class);
        for (int length = 0; length < whole.length; length++) {
            Flaw flaw = flaw(reader.apply(Arrays.copyOf(whole, length)));
            assertThat(flaw).as("cut to %d bytes", length).isInstanceOf(Flaw.Truncated.class);
            assertThat(flaw.says()).isNotBlank();
        }
        assertThat(flaw(reader.apply(Arrays.copyOf(whole, whole.length + 1)))).isInstanceOf(Flaw.Trailing.class);
    }
}
