package io.muster.core.connectivity;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// Where an operator's own service listens: an `https` URL without user, query and fragment. A query would be where
/// keys are put, and a key does not belong into an enrollment: every call is signed instead.
public record HookUrl(String text) {

    /// For people.
    public static final String RULE =
            "an https URL of at most 512 characters, with a host and without user, query and fragment";

    private static final int MAX_LENGTH = 512;

    public HookUrl {
        if (!isHook(text)) {
            throw new IllegalArgumentException("a hook is " + RULE);
        }
    }

    public static Optional<HookUrl> parse(String text) {
        return isHook(text) ? Optional.of(new HookUrl(text)) : Optional.empty();
    }

    public URI uri() {
        return URI.create(text);
    }

    private static boolean isHook(String text) {
        if (text.length() > MAX_LENGTH) {
            return false;
        }
        try {
            URI uri = new URI(text);
            return "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.normalize().equals(uri)
                    && !text.contains("%");
        } catch (URISyntaxException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
