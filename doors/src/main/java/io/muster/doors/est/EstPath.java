package io.muster.doors.est;

import io.muster.core.door.CertificateRequest.Purpose;
import java.util.List;
import java.util.Optional;

/// A path of EST, with the one method that it takes. The label stands behind `est` (RFC 7030 section 3.2.2) or, for
/// clients that can only put something in front of the well-known path, before it.
sealed interface EstPath {

    Optional<EstLabel> label();

    String method();

    /// `GET …/cacerts`, section 4.1
    record Authorities(Optional<EstLabel> label) implements EstPath {
        @Override
        public String method() {
            return "GET";
        }
    }

    /// `GET …/csrattrs`, section 4.5
    record Attributes(Optional<EstLabel> label) implements EstPath {
        @Override
        public String method() {
            return "GET";
        }
    }

    /// `POST …/simpleenroll`, `…/simplereenroll`, `…/serverkeygen`, sections 4.2 and 4.4
    record Enroll(Optional<EstLabel> label, Purpose purpose) implements EstPath {
        @Override
        public String method() {
            return "POST";
        }
    }

    /// Empty when the path is not one of these, or its label is none.
    static Optional<EstPath> of(List<String> segments) {
        return switch (segments.size()) {
            case 3 -> isEst(segments, 0) ? operation(segments.get(2), Optional.empty()) : Optional.empty();
            case 4 -> {
                if (isEst(segments, 0)) {
                    yield labelled(segments.get(2), segments.get(3));
                }
                yield isEst(segments, 1) ? labelled(segments.getFirst(), segments.get(3)) : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private static boolean isEst(List<String> segments, int at) {
        return segments.get(at).equals(".well-known") && segments.get(at + 1).equals("est");
    }

    private static Optional<EstPath> labelled(String label, String operation) {
        return EstLabel.parse(label).flatMap(parsed -> operation(operation, Optional.of(parsed)));
    }

    private static Optional<EstPath> operation(String name, Optional<EstLabel> label) {
        return switch (name) {
            case "cacerts" -> Optional.of(new Authorities(label));
            case "csrattrs" -> Optional.of(new Attributes(label));
            case "simpleenroll" -> Optional.of(new Enroll(label, Purpose.ENROLL));
            case "simplereenroll" -> Optional.of(new Enroll(label, Purpose.RENEW));
            case "serverkeygen" -> Optional.of(new Enroll(label, Purpose.GENERATE_KEY));
            default -> Optional.empty();
        };
    }
}
