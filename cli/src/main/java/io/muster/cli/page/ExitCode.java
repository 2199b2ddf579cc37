package io.muster.cli.page;

/// What a script learns from how a command ended. The numbers are a promise.
public enum ExitCode {
    OK(0, "it is done"),
    REFUSED(1, "the server refused, or muster doctor found what fails"),
    USAGE(2, "the command line is wrong"),
    UNREACHABLE(3, "no server was named, or none answered"),
    NOT_AUTHORIZED(4, "the token is missing, wrong, or may not do this"),
    NOT_FOUND(5, "there is no such thing"),
    CONFLICT(6, "it does not go with what is there: a name is taken, somebody was faster"),
    UNAVAILABLE(7, "the server cannot serve this now; the same again may succeed"),
    FLIPS(8, "muster policy diff, template diff: something would go otherwise"),
    FAULT(70, "something failed that must not fail; please report it"),
    INTERRUPTED(130, "it was interrupted by Ctrl-C");

    private static final int LEAST_SERVER_FAULT = 500;

    private final int number;
    private final String words;

    ExitCode(int number, String words) {
        this.number = number;
        this.words = words;
    }

    public int number() {
        return number;
    }

    /// What it tells, for people.
    public String words() {
        return words;
    }

    /// @param status of the server's answer
    public static ExitCode of(int status) {
        return switch (status) {
            case 401, 403 -> NOT_AUTHORIZED;
            case 404, 410 -> NOT_FOUND;
            case 409, 412, 428 -> CONFLICT;
            case 429, 502, 503, 504 -> UNAVAILABLE;
            default -> status >= LEAST_SERVER_FAULT ? FAULT : REFUSED;
        };
    }
}
