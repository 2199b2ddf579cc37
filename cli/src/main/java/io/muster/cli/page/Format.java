package io.muster.cli.page;

/// How a command shows its result.
public enum Format {
    TABLE,
    JSON
}
