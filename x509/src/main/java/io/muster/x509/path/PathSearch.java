package io.muster.x509.path;

import io.muster.core.device.Bytes;
import io.muster.x509.codec.Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks for a path from one device's certificate to an anchor, among what the device presented. Names and key
/// identifiers propose; signatures and rules decide. The first path that holds is taken; when none does, the finding
/// of the try that came furthest is the one that helps.
final class PathSearch {

    private static final int MAX_STEPS = 64;

    private final PresentedChain chain;
    private final TrustAnchors anchors;
    private final List<Certificate> intermediates;
    private final Signatures signatures;
    private final CertificateUse use;
    private final Instant now;
    private int steps;
    private @Nullable Complaint complaint;

    /// How far a try came.
    private enum Progress {
        DEAD_END,
        BAD_SIGNATURE,
        RULE_BROKEN
    }

    private record Complaint(Progress progress, int length, PathFinding finding) {

        boolean isFurtherThan(@Nullable Complaint other) {
            return other == null
                    || progress.compareTo(other.progress) > 0
                    || (progress == other.progress && length > other.length);
        }
    }

    PathSearch(PresentedChain chain, TrustAnchors anchors, Signatures signatures, CertificateUse use, Instant now) {
        this.chain = chain;
        this.anchors = anchors;
        this.intermediates = chain.others().stream()
                .filter(certificate -> !anchors.certificates().contains(certificate))
                .toList();
        this.signatures = signatures;
        this.use = use;
        this.now = now;
    }

    Validation run() {
        Optional<Validation> valid = extend(List.of(chain.leaf()));
        return valid.orElseGet(this::invalid);
    }

    private Validation invalid() {
        boolean gaveUp = steps >= MAX_STEPS || signatures.isExhausted();
        if (complaint == null || (gaveUp && complaint.progress != Progress.RULE_BROKEN)) {
            return new Validation.Invalid(new PathFinding.TooMuchWork(MAX_STEPS));
        }
        return new Validation.Invalid(complaint.finding);
    }

    private Optional<Validation> extend(List<Certificate> path) {
        Certificate top = path.getLast();
        boolean isProposed = false;
        for (Certificate anchor : anchors.certificates()) {
            if (mayHaveIssued(anchor, top) && mayGoOn()) {
                isProposed = true;
                Optional<Validation> valid = finish(with(path, anchor));
                if (valid.isPresent()) {
                    return valid;
                }
            }
        }
        for (Certificate intermediate : intermediates) {
            if (!path.contains(intermediate) && mayHaveIssued(intermediate, top) && mayGoOn()) {
                isProposed = true;
                Optional<Validation> valid = climb(path, intermediate);
                if (valid.isPresent()) {
                    return valid;
                }
            }
        }
        if (!isProposed) {
            complain(Progress.DEAD_END, path.size(), deadEnd(top));
        }
        return Optional.empty();
    }

    private Optional<Validation> climb(List<Certificate> path, Certificate intermediate) {
        if (path.size() == ChainValidator.MAX_PATH) {
            complain(Progress.DEAD_END, path.size() + 1, new PathFinding.PathTooLong(ChainValidator.MAX_PATH));
            return Optional.empty();
        }
        return extend(with(path, intermediate));
    }

    private Optional<Validation> finish(List<Certificate> path) {
        Optional<PathFinding> forged = signatures.check(path);
        if (forged.isPresent()) {
            complain(Progress.BAD_SIGNATURE, path.size(), forged.get());
            return Optional.empty();
        }
        Optional<PathFinding> broken = PathRules.check(path, use, now);
        if (broken.isPresent()) {
            complain(Progress.RULE_BROKEN, path.size(), broken.get());
            return Optional.empty();
        }
        return Optional.of(new Validation.Valid(path));
    }

    private boolean mayGoOn() {
        return ++steps <= MAX_STEPS;
    }

    private static boolean mayHaveIssued(Certificate issuer, Certificate subject) {
        return issuer.subject().matches(subject.issuer()) && keyIdsAgree(issuer, subject);
    }

    private static boolean keyIdsAgree(Certificate issuer, Certificate subject) {
        Optional<Bytes> wanted = subject.extensions().authorityKeyId();
        Optional<Bytes> held = issuer.extensions().subjectKeyId();
        return wanted.isEmpty() || held.isEmpty() || wanted.equals(held);
    }

    private PathFinding deadEnd(Certificate top) {
        String issuer = top.issuer().text();
        if (anchors.certificates().stream().anyMatch(anchor -> anchor.subject().matches(top.issuer()))) {
            return new PathFinding.CaKeyDiffers(issuer);
        }
        return top.isSelfIssued()
                ? new PathFinding.CaUnknown(issuer, anchors.names())
                : new PathFinding.ChainIncomplete(issuer, anchors.names());
    }

    private void complain(Progress progress, int length, PathFinding finding) {
        Complaint next = new Complaint(progress, length, finding);
        if (next.isFurtherThan(complaint)) {
            complaint = next;
        }
    }

    private static List<Certificate> with(List<Certificate> path, Certificate next) {
        List<Certificate> longer = new ArrayList<>(path);
        longer.add(next);
        return longer;
    }
}
