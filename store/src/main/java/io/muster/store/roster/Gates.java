package io.muster.store.roster;

import io.muster.core.device.Name;
import io.muster.store.sealing.BlindIndex;
import io.muster.store.sealing.BlindIndex.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

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

    /// What these enrollments are called, groups or individuals.
    public List<String> of(int tenant, Collection<Name> enrollments) {
        return enrollments.stream()
                .flatMap(name -> Stream.of(group(name), individual(tenant, name)))
                .toList();
    }

    public String individual(int tenant, Name enrollment) {
        byte[] value = ("enrollment:" + enrollment.value()).getBytes(StandardCharsets.UTF_8);
        return INDIVIDUAL + index.index(tenant, Kind.OBJECT, value).id().hex();
    }
}
