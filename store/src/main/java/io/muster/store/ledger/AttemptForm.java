package io.muster.store.ledger;

import io.muster.core.device.Device.Origin;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.AttemptId;
import io.muster.core.door.Check;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Ground;
import io.muster.store.pack.Packer;
import io.muster.store.pack.Squeeze;
import io.muster.store.pack.Unpacker;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What of an attempt lies under the seal: who it was, and the trace in full.
final class AttemptForm {

    /// Without the ground of the decision.
    private static final int GROUNDLESS = 1;

    private static final int FORM = 2;

    private final Squeeze squeeze = new Squeeze();

    byte[] write(Attempt attempt) {
        return squeeze.squeeze(new Packer(FORM)
                .number(attempt.at().toEpochMilli())
                .text(attempt.registrationId().display())
                .maybe(attempt.origin().map(origin -> origin.enrollment().value()))
                .number(attempt.origin().map(Origin::version).orElse(0))
                .text(attempt.code())
                .text(attempt.door())
                .text(attempt.source())
                .list(attempt.trace(), AttemptForm::write)
                .list(attempt.ground().stream().toList(), GroundForm::write)
                .bytes());
    }

    Attempt read(AttemptId id, Name tenant, short verdict, byte[] sealed) {
        Unpacker in = new Unpacker(GROUNDLESS, FORM, squeeze.expand(sealed));
        Instant at = Instant.ofEpochMilli(in.number());
        RegistrationId name = RegistrationId.parse(in.text()).orElseThrow();
        Optional<String> enrollment = in.maybe();
        int version = in.integer();
        String code = in.text();
        String door = in.text();
        String source = in.text();
        List<Check> trace = in.list(AttemptForm::readCheck);
        Optional<Ground> ground = in.form() == GROUNDLESS
                ? Optional.empty()
                : in.list(from -> GroundForm.read(from, name)).stream().findFirst();
        Optional<Origin> origin = enrollment.map(it -> new Origin(new Name(it), version));
        return new Attempt(id, tenant, name, at, origin, result(verdict), code, trace, door, source, ground);
    }

    private static void write(Packer out, Check check) {
        out.number(number(check.verdict()))
                .text(check.code())
                .text(check.input())
                .text(check.rule())
                .text(check.remedy());
    }

    private static Check readCheck(Unpacker in) {
        Check.Verdict verdict = verdict(in.integer());
        return new Check(in.text(), in.text(), verdict, in.text(), in.text());
    }

    private static int number(Check.Verdict verdict) {
        return switch (verdict) {
            case PASS -> 0;
            case FAIL -> 1;
            case NOTE -> 2;
        };
    }

    private static Check.Verdict verdict(int number) {
        return switch (number) {
            case 0 -> Check.Verdict.PASS;
            case 1 -> Check.Verdict.FAIL;
            default -> Check.Verdict.NOTE;
        };
    }

    static short number(Attempt.Result result) {
        return switch (result) {
            case ACCEPTED -> 1;
            case DEFERRED -> 2;
            case REFUSED -> 3;
        };
    }

    private static Attempt.Result result(int number) {
        return switch (number) {
            case 1 -> Attempt.Result.ACCEPTED;
            case 2 -> Attempt.Result.DEFERRED;
            default -> Attempt.Result.REFUSED;
        };
    }
}
