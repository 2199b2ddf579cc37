package io.muster.attestors.x509;

/// A stranger's text in a message: bounded, and in plain characters only, so that it plays no tricks on whoever reads
/// it.
final class Printable {

    private static final int MAX = 128;

    private Printable() {}

    static String of(String text) {
        String shown = text.length() <= MAX ? text : text.substring(0, MAX) + "…";
        return shown.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }
}
