package io.muster.desk.imports.reading;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.roster.Import.Finding;
import java.util.List;
import java.util.Optional;

/// One enrollment of a file, in the form in which the admin API takes it.
///
/// @param line     where it begins, from 1
/// @param body     empty where nothing can be made of it: then a finding says why
/// @param findings what was found on the way
public record Item(long line, Optional<ObjectNode> body, List<Finding> findings) {

    public Item {
        findings = List.copyOf(findings);
    }

    static Item of(long line, ObjectNode body) {
        return new Item(line, Optional.of(body), List.of());
    }

    static Item bad(long line, String field, String what, String remedy) {
        return new Item(line, Optional.empty(), List.of(new Finding(true, line, field, what, remedy)));
    }
}
