package io.muster.store.ledger;

import io.muster.core.connectivity.Advice;
import io.muster.core.connectivity.Advised;
import io.muster.core.connectivity.HookUrl;
import io.muster.store.pack.Packer;
import io.muster.store.pack.Unpacker;
import java.util.Map;
import java.util.Optional;

/// How it is written what a hook said, as far as a decision rested on it.
final class AdviceForm {

    private static final int HOST = 1;
    private static final int ALLOWED = 2;
    private static final int DENIED = 3;
    private static final int FAILED = 4;
    private static final int BUSY = 5;

    private AdviceForm() {}

    static void write(Packer out, Advised advised) {
        out.text(advised.hook().text());
        switch (advised.advice()) {
            case Advice.Host it -> out.number(HOST).text(it.host());
            case Advice.Allowed _ -> out.number(ALLOWED).text("");
            case Advice.Denied() -> out.number(DENIED).text("");
            case Advice.Failed it -> out.number(FAILED).text(it.why());
            case Advice.Busy it -> out.number(BUSY).text(it.why());
        }
    }

    static Advised read(Unpacker in) {
        HookUrl hook = new HookUrl(in.text());
        int kind = in.integer();
        String text = in.text();
        return new Advised(
                hook,
                switch (kind) {
                    case HOST -> new Advice.Host(text, Optional.empty());
                    case ALLOWED -> new Advice.Allowed(Map.of());
                    case DENIED -> new Advice.Denied();
                    case FAILED -> new Advice.Failed(text);
                    case BUSY -> new Advice.Busy(text);
                    default ->
                        throw new IllegalStateException("An attempt rests on an answer of a hook (" + kind
                                + ") that this version of Muster does not know.");
                });
    }
}
