package io.muster.cli.page;

/// How a command shows its result: for people, or as the admin API answered.
public enum Format {
    TABLE,
    JSON,
    YAML
}
