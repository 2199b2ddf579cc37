package io.muster.core.policy;

import io.muster.core.attestation.Standing;
import io.muster.core.connectivity.Advice;
import io.muster.core.connectivity.Advised;
import io.muster.core.connectivity.Allocation;
import io.muster.core.connectivity.HookUrl;
import io.muster.core.connectivity.Hub;
import io.muster.core.connectivity.Placement;
import io.muster.core.door.Check;
import io.muster.core.door.Refusal;
import io.muster.core.policy.Verdict.Permit;
import io.muster.core.roster.Treatment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// When an operator's hook has a say, and what of that counts. Pure: the answer is an input like any other.
public final class Consultation {

    private Consultation() {}

    /// What has to be asked.
    ///
    /// @param provisioning whether it was asked before the device had a name; else it is asked where it goes
    public record Due(HookUrl hook, boolean provisioning) {}

    /// Empty where no hook has a say.
    public static Optional<Due> due(Permit permit) {
        Treatment treatment = permit.attested().enrollment().treatment();
        if (permit.attested().shown() instanceof Standing.ByCreation) {
            Optional<Due> made = treatment.template().flatMap(it -> it.hook()).map(hook -> new Due(hook, true));
            if (made.isPresent()) {
                return made;
            }
        }
        return treatment.allocation() instanceof Allocation.Custom custom && moves(permit, treatment)
                ? Optional.of(new Due(custom.hook(), false))
                : Optional.empty();
    }

    private static boolean moves(Permit permit, Treatment treatment) {
        return treatment.reprovision() != Treatment.Reprovision.KEEP
                || permit.known()
                        .filter(device -> permit.attested().recognized().hubs().stream()
                                .anyMatch(hub -> hub.enabled()
                                        && hub.name().equals(device.assignment().hub())))
                        .isEmpty();
    }

    /// What comes of a permit by what the hook says. It may refuse, and choose among what the enrollment allows.
    public static Verdict heard(Permit permit, Advised advised) {
        return switch (advised.advice()) {
            case Advice.Allowed _ -> permitted(permit, advised, "hook_allowed", "The hook lets the device be made.");
            case Advice.Denied _ -> denied(permit, advised, new Refusal.HookDenied());
            case Advice.Failed it -> denied(permit, advised, new Refusal.HookFailed(it.why()));
            case Advice.Busy it ->
                new Verdict.Hold(
                        it.why(),
                        with(permit, Check.note("hook_busy", advised.hook().text(), it.why())));
            case Advice.Host it ->
                hub(permit, it)
                        .map(hub -> permitted(
                                permit,
                                advised,
                                "hook_chose",
                                "The hook chose hub " + hub.name() + " of those linked."))
                        .orElseGet(() -> denied(
                                permit,
                                advised,
                                new Refusal.HookFailed("named a hub that the enrollment is not linked to")));
        };
    }

    /// The hub that was chosen; empty where none was.
    public static Optional<Hub> chosen(Permit permit) {
        return permit.snapshot()
                .advised()
                .flatMap(it -> it.advice() instanceof Advice.Host host ? hub(permit, host) : Optional.empty());
    }

    private static Optional<Hub> hub(Permit permit, Advice.Host advice) {
        Allocation allocation = permit.attested().enrollment().treatment().allocation();
        return Placement.linked(allocation, permit.attested().recognized().hubs()).stream()
                .filter(hub -> hub.endpoint().host().equalsIgnoreCase(advice.host()))
                .findFirst();
    }

    private static Verdict permitted(Permit permit, Advised advised, String code, String rule) {
        return new Permit(
                permit.attested(),
                permit.snapshot().advised(advised),
                permit.rekeyed(),
                with(permit, Check.pass(code, advised.hook().text(), rule)));
    }

    private static Verdict denied(Permit permit, Advised advised, Refusal refusal) {
        return new Verdict.Deny(refusal, with(permit, Check.fail(advised.hook().text(), refusal)));
    }

    private static List<Check> with(Permit permit, Check last) {
        List<Check> trace = new ArrayList<>(permit.trace());
        trace.add(last);
        return List.copyOf(trace);
    }
}
