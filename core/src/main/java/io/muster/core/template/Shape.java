package io.muster.core.template;

import io.muster.core.device.JsonPlace;
import io.muster.core.device.PolicyName;
import java.util.function.IntPredicate;

/// What a text must look like where it is put. Lengths and alphabets are those of the AWS IoT registry.
///
/// @param word     what it is, in words
/// @param alphabet the allowed characters, in words
record Shape(String word, int shortest, int longest, IntPredicate allowed, String alphabet) {

    static final Shape THING_TYPE = registryName("a thing type");
    static final Shape GROUP = registryName("a thing group");
    static final Shape BILLING_GROUP = registryName("a billing group");
    static final Shape ATTRIBUTE_NAME =
            new Shape("an attribute's name", 1, 128, c -> plain(c, "_.,@/:#-"), "A-Z, a-z, 0-9 and _.,@/:#-");
    static final Shape ATTRIBUTE_VALUE =
            new Shape("an attribute's value", 0, 800, Shape::printable, "any kind but controls");
    static final Shape CONFIGURATION_NAME =
            new Shape("a name in the configuration", 1, 256, Shape::printable, "any kind but controls");

    /// The text itself, where it fits.
    String fit(JsonPlace place, String text) throws FaultFound {
        if (text.length() < shortest || text.length() > longest || !text.chars().allMatch(allowed)) {
            throw new FaultFound(
                    place,
                    Words.quoted(text) + " cannot be " + word,
                    "Make it of " + shortest + " to " + longest + " characters: " + alphabet);
        }
        return text;
    }

    static PolicyName policyName(JsonPlace place, String text) throws FaultFound {
        return PolicyName.parse(text)
                .orElseThrow(() -> new FaultFound(
                        place, Words.quoted(text) + " cannot be a policy's name", "Make it of " + PolicyName.RULE));
    }

    /// What a certificate's status says; AWS's own examples write it in more than one case.
    static boolean active(JsonPlace place, String text) throws FaultFound {
        if (text.equalsIgnoreCase("ACTIVE")) {
            return true;
        }
        if (text.equalsIgnoreCase("INACTIVE")) {
            return false;
        }
        throw new FaultFound(place, Words.quoted(text) + " is no status of a certificate", "Write ACTIVE or INACTIVE");
    }

    private static Shape registryName(String word) {
        return new Shape(word, 1, 128, c -> plain(c, ":_-"), "A-Z, a-z, 0-9, ':', '_' and '-'");
    }

    private static boolean plain(int c, String marks) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || marks.indexOf(c) >= 0;
    }

    private static boolean printable(int c) {
        return c >= ' ' && c != 0x7f;
    }
}
