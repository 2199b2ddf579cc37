package io.muster.desk.health;

import java.time.Instant;
import java.util.List;

/// Something that an operator should know how it fares, though the installation serves without it, too.
public interface Examination {

    /// As an operator reads it: "disk".
    String name();

    /// What is seen now. Answers within a few seconds.
    List<Finding> findings(Instant now);
}
