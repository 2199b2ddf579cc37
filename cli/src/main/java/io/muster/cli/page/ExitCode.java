package io.muster.cli.page;

/// What a script learns from how a command ended.
public enum ExitCode {
    OK(0),
    REFUSED(1),
    USAGE(2),
    UNREACHABLE(3),
    NOT_AUTHORIZED(4),
    NOT_FOUND(5);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /// @param status of the server's answer
    static ExitCode of(int status) {
        return switch (status) {
            case 401, 403 -> NOT_AUTHORIZED;
            case 404 -> NOT_FOUND;
            default -> REFUSED;
        };
    }
}
