package io.muster.desk.imports.reading;

import java.util.regex.Pattern;

/// A certificate as the admin API takes it.
public final class Pem {

    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/=\\s]+");

    private Pem() {}

    /// @param text PEM, or the DER form in base64; anything else stays as it is, for its reader to refuse
    public static String of(String text) {
        return BASE64.matcher(text).matches()
                ? "-----BEGIN CERTIFICATE-----\n" + text.strip() + "\n-----END CERTIFICATE-----\n"
                : text;
    }
}
