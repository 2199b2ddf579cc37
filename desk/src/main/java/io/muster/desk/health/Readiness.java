package io.muster.desk.health;

import java.util.Optional;

/// One thing without which the installation does not serve: a listener, the database.
public interface Readiness {

    /// As an operator reads it: "https listener".
    String name();

    /// Why it does not serve, in words that anybody may read; empty when it does. Answers within a second.
    Optional<String> missing();
}
