package io.muster.desk.exchange;

import java.util.Locale;

/// How the contract spells the names of choices: `KEY_COMPROMISE` is `keyCompromise`, as the RFCs have it.
public final class Spelling {

    private Spelling() {}

    public static String of(Enum<?> choice) {
        StringBuilder text = new StringBuilder();
        for (String word : choice.name().toLowerCase(Locale.ROOT).split("_", -1)) {
            text.append(text.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return text.toString();
    }

    /// The contract lets only the names of the choices pass.
    public static <E extends Enum<E>> E read(Class<E> choices, String text) {
        for (E choice : choices.getEnumConstants()) {
            if (of(choice).equals(text)) {
                return choice;
            }
        }
        throw new IllegalStateException("The contract lets a " + choices.getSimpleName() + " pass that is none");
    }
}
