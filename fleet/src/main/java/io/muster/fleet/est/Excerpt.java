package io.muster.fleet.est;

/// A server's words in a bounded length and on one line.
final class Excerpt {

    private static final int LONGEST = 200;

    private Excerpt() {}

    static String of(String words) {
        String cut = words.length() <= LONGEST ? words : words.substring(0, LONGEST);
        return cut.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
