package io.muster.doors.est;

import io.muster.core.device.Bytes;
import io.muster.core.door.Issued;
import io.muster.core.door.Offer;
import io.muster.core.door.Outcome;
import io.muster.core.door.Problem;
import io.muster.core.door.Refusal;
import io.muster.doors.est.EstRequest.KeyDelivery;
import io.muster.doors.listener.HttpAnswer;
import io.muster.doors.listener.HttpDate;
import io.muster.x509.codec.CertificateBag;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Outcomes in what EST clients read. A success is base64, all else is a sentence (RFC 7030 section 4.2.3).
final class EstAnswers {

    private static final String CERTIFICATES = "application/pkcs7-mime";
    private static final String CERTS_ONLY = "application/pkcs7-mime; smime-type=certs-only";

    /// RFC 7617: user and password come in UTF-8.
    private static final String CHALLENGE = "Basic realm=\"Muster\", charset=\"UTF-8\"";

    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    /// How long a client stays away when we cannot serve anybody.
    private static final String UNAVAILABLE_SECONDS = "30";

    private static final int OTHER_MEDIA = 415;

    private static final String ATTEMPT = "Muster-Attempt";

    private static final Bytes NOTHING = Bytes.of(new byte[0]);

    private EstAnswers() {}

    /// Section 4.1.3.
    static HttpAnswer authorities(Offer.Open offer, Base64Layout layout) {
        return base64(CERTIFICATES, layout.lay(CertificateBag.of(offer.authorities())));
    }

    /// Section 4.5.2.
    static HttpAnswer attributes(Offer.Open offer, Base64Layout layout) {
        return offer.algorithms().isEmpty()
                ? new HttpAnswer(204, Map.of(), NOTHING)
                : base64("application/csrattrs", layout.lay(CsrAttributes.of(offer.algorithms())));
    }

    /// Answers an enrollment.
    static HttpAnswer enrollment(Outcome outcome, KeyDelivery delivery, Base64Layout layout) {
        return switch (outcome) {
            case Outcome.Enrolled enrolled -> issued(enrolled, delivery, layout);
            case Outcome.Challenged challenged -> notServed(challenged);
            case Outcome.Deferred deferred -> deferred(deferred);
            case Outcome.Refused refused -> refused(refused);
        };
    }

    private static HttpAnswer issued(Outcome.Enrolled enrolled, KeyDelivery delivery, Base64Layout layout) {
        Issued issued = enrolled.issued()
                .orElseThrow(() -> new IllegalStateException("a device asked for a certificate and got none"));
        HttpAnswer answer = issued.privateKey()
                .map(key -> ServerKeyAnswer.of(issued, key, delivery))
                .orElseGet(() -> base64(CERTS_ONLY, layout.lay(leaf(issued))));
        return answer.with("Muster-Renew-After", HttpDate.of(issued.renewAfter()));
    }

    /// The certificate alone: its authorities are fetched by cacerts (section 4.2.3).
    static byte[] leaf(Issued issued) {
        return CertificateBag.of(List.of(issued.certificate()));
    }

    /// In seconds: strongSwan takes a date for no wait at all. Without a body: Bouncy Castle fails on one.
    private static HttpAnswer deferred(Outcome.Deferred deferred) {
        long seconds = Math.clamp(deferred.retryAfter().toSeconds(), 1, LONGEST_WAIT.toSeconds());
        return new HttpAnswer(202, Map.of(), NOTHING)
                .with("Retry-After", Long.toString(seconds))
                .with(ATTEMPT, deferred.attempt().toString());
    }

    /// EST has no message for a challenge, and nothing that a client shows here leads to one.
    private static HttpAnswer notServed(Outcome.Challenged challenged) {
        return refused(new Outcome.Refused(
                challenged.attempt(), new Refusal.Unsupported("Answering a challenge"), Optional.empty()));
    }

    /// What the house refuses: the device learns the kind, the operator the rest.
    static HttpAnswer refused(Outcome.Refused refused) {
        Problem problem = Problem.of(refused.refusal());
        return refusal(status(problem.category()), title(problem), refused);
    }

    /// What this door itself could not read is told in full: it speaks of nothing but what the caller sent.
    static HttpAnswer unreadable(Outcome.Refused refused) {
        Problem problem = Problem.of(refused.refusal());
        return refusal(status(problem.category()), title(problem) + "\n" + problem.detail(), refused);
    }

    static HttpAnswer otherMedia(Outcome.Refused refused) {
        Problem problem = Problem.of(refused.refusal());
        return refusal(OTHER_MEDIA, title(problem) + "\n" + problem.detail(), refused);
    }

    /// What goes to who has shown no credentials yet. A 401 is then no more than a question, and has no body: Bouncy
    /// Castle, which always waits to be asked, fails on one.
    static HttpAnswer asking(HttpAnswer answer) {
        if (answer.status() != 401) {
            return answer;
        }
        Map<String, String> fields = new HashMap<>(answer.fields());
        fields.remove("Content-Type");
        return new HttpAnswer(401, fields, NOTHING);
    }

    /// A fault of the server's own.
    static HttpAnswer fault(UUID reference) {
        return HttpAnswer.sentence(500, "The server failed (internal_error).\nReference " + reference);
    }

    private static String title(Problem problem) {
        return problem.title() + " (" + problem.code() + ").";
    }

    private static HttpAnswer refusal(int status, String text, Outcome.Refused refused) {
        HttpAnswer answer = HttpAnswer.sentence(status, text + "\nAttempt " + refused.attempt())
                .with("Muster-Code", Problem.of(refused.refusal()).code())
                .with(ATTEMPT, refused.attempt().toString());
        return switch (status) {
            case 401 -> answer.with("WWW-Authenticate", CHALLENGE);
            case 503 -> answer.with("Retry-After", UNAVAILABLE_SECONDS);
            default -> answer;
        };
    }

    private static int status(Problem.Category category) {
        return switch (category) {
            case MALFORMED, UNSUPPORTED -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case TOO_LARGE -> 413;
            case UNAVAILABLE -> 503;
        };
    }

    /// The transfer encoding means nothing (RFC 8951 section 3.1), and older clients look for it.
    private static HttpAnswer base64(String type, String text) {
        return new HttpAnswer(
                200,
                Map.of("Content-Type", type, "Content-Transfer-Encoding", "base64"),
                Bytes.of(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
