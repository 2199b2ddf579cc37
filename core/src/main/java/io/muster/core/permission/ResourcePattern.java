package io.muster.core.permission;

import java.util.List;
import java.util.Optional;

/// The resources that a statement names.
///
/// @param path what comes behind the ARN's account, such as `topic/a/*`; empty for a resource of another service
public record ResourcePattern(String written, Optional<Glob> path) {

    private static final String FORM =
            "Write *, client/…, topic/… or topicfilter/…, if wanted behind arn:aws:iot:REGION:ACCOUNT:";

    /// Kinds of resources that AWS IoT has; the last ones are never asked for here.
    private static final List<String> KINDS = List.of(
            "client/", "topic/", "topicfilter/", "thing/", "thinggroup/", "cert/", "job/", "stream/", "rolealias/");

    private static final int ARN_PARTS = 6;

    /// Parses a resource at the wall. Region and account are free: whoever moves from AWS brings them along, and they
    /// have no meaning here.
    public static Parsed<ResourcePattern> parse(String text) {
        if (text.equals("*")) {
            return of(text, "*");
        }
        if (!text.startsWith("arn:")) {
            return KINDS.stream().limit(3).anyMatch(text::startsWith) ? of(text, text) : bad();
        }
        String[] parts = text.split(":", ARN_PARTS);
        if (parts.length < ARN_PARTS) {
            return openEnded(text, parts);
        }
        if (!free(parts[1]) || !free(parts[3]) || !free(parts[4])) {
            return bad();
        }
        return mayBeIot(parts[2])
                ? kindKnown(parts[5]) ? of(text, parts[5]) : bad()
                : free(parts[2]) ? new Parsed.Good<>(new ResourcePattern(text, Optional.empty())) : bad();
    }

    /// `arn:*`, `arn:aws:iot:*` and their like: the `*` at the end stands for all that is missing.
    private static Parsed<ResourcePattern> openEnded(String text, String[] parts) {
        for (int i = 1; i < parts.length - 1; i++) {
            if (!free(parts[i])) {
                return bad();
            }
        }
        boolean ours = parts.length <= 3 || mayBeIot(parts[2]);
        return parts[parts.length - 1].equals("*") ? of(text, ours) : bad();
    }

    private static Parsed<ResourcePattern> of(String text, boolean ours) {
        return ours ? of(text, "*") : new Parsed.Good<>(new ResourcePattern(text, Optional.empty()));
    }

    private static Parsed<ResourcePattern> of(String text, String path) {
        return switch (Glob.parse(path, true)) {
            case Parsed.Good<Glob>(Glob glob) -> new Parsed.Good<>(new ResourcePattern(text, Optional.of(glob)));
            case Parsed.Bad<Glob>(String what, String remedy) -> new Parsed.Bad<>(what, remedy);
        };
    }

    private static Parsed<ResourcePattern> bad() {
        return new Parsed.Bad<>("This is no resource of AWS IoT", FORM);
    }

    private static boolean mayBeIot(String service) {
        return free(service)
                && Glob.parse(service, true) instanceof Parsed.Good<Glob>(Glob glob)
                && Matcher.of(glob, Variables.NONE).matches("iot") == Truth.YES;
    }

    /// A part of an ARN that is not compared: letters, digits, hyphens and wildcards.
    private static boolean free(String part) {
        return part.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "-*?".indexOf(c) >= 0);
    }

    /// A misspelled kind would deny nothing. A wildcard or a variable may stand in its place.
    private static boolean kindKnown(String path) {
        int wild = path.chars().filter(c -> "*?$".indexOf(c) >= 0).findFirst().orElse(-1);
        String start = wild < 0 ? path : path.substring(0, path.indexOf(wild));
        return KINDS.stream().anyMatch(kind -> start.startsWith(kind) || (wild >= 0 && kind.startsWith(start)));
    }
}
