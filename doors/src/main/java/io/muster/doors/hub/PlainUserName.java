package io.muster.doors.hub;

import java.util.Optional;

/// The user name of a device that shows a token and speaks no SDK's dialect: `{deviceId}`, or `{scope}/{deviceId}`.
///
/// @param scope the tenant that it names
/// @param id    its outward id or its registration id, not yet checked
record PlainUserName(Optional<String> scope, String id) {

    /// Empty when it is neither.
    static Optional<PlainUserName> parse(String text) {
        int slash = text.indexOf('/');
        if (text.isEmpty() || slash == 0 || slash == text.length() - 1 || slash != text.lastIndexOf('/')) {
            return Optional.empty();
        }
        return Optional.of(
                slash < 0
                        ? new PlainUserName(Optional.empty(), text)
                        : new PlainUserName(Optional.of(text.substring(0, slash)), text.substring(slash + 1)));
    }

    /// Names a device: it is not printed.
    @Override
    public String toString() {
        return "a user name";
    }
}
