package io.muster.doors.aws;

import io.muster.core.device.Name;
import java.util.List;
import java.util.Set;

/// A filter under which somebody with a claim awaits answers: below the prefixes that AWS's example policies for claims
/// allow, with wildcards in place of format and result.
enum AnswerFilter {
    OWN,
    /// Of another template.
    FOREIGN,
    NONE;

    private static final Set<String> FORMATS = Set.of("json", "cbor", "+");
    private static final Set<String> RESULTS = Set.of("accepted", "rejected", "+");
    private static final Set<String> CREATES = Set.of("create", "create-from-csr");

    static AnswerFilter parse(String filter, Name enrollment) {
        List<String> levels = List.of(filter.split("/", -1));
        if (filter.startsWith(AwsTopic.CERTIFICATES)) {
            return CREATES.contains(levels.get(2)) && answers(levels.subList(3, levels.size())) ? OWN : NONE;
        }
        if (filter.startsWith(AwsTopic.TEMPLATES) && levels.size() > 3) {
            boolean sound = levels.get(3).equals("provision") && answers(levels.subList(4, levels.size()));
            return !sound ? NONE : AwsTopic.names(levels.get(2), enrollment) ? OWN : FOREIGN;
        }
        return NONE;
    }

    private static boolean answers(List<String> levels) {
        return levels.equals(List.of("#"))
                || (levels.size() == 2
                        && FORMATS.contains(levels.get(0))
                        && (RESULTS.contains(levels.get(1)) || levels.get(1).equals("#")));
    }
}
