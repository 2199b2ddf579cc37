package io.muster.store.roster;

import io.muster.core.device.Name;
import io.muster.store.sealing.BlindIndex;
import io.muster.store.sealing.BlindIndex.Kind;
import java.nio.charset.StandardCharsets;

/// How an enrollment is called in tables that lie open. A group by its name; an individual by a keyed hash of it,
/// since an operator may well name an individual enrollment after its device.
public final class Gates {

    private static final char INDIVIDUAL = '~';

    private final BlindIndex index;

    public Gates(BlindIndex index) {
        this.index = index;
    }

    public String group(Name enrollment) {
        return enrollment.value();
    }

    public String individual(int tenant, Name enrollment) {
        byte[] value = ("enrollment:" + enrollment.value()).getBytes(StandardCharsets.UTF_8);
        return INDIVIDUAL + index.index(tenant, Kind.OBJECT, value).id().hex();
    }
}
