package io.muster.cli.command;

import io.muster.cli.wire.Context;
import io.muster.cli.wire.Sought;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;

/// Fills in the tenant that must be named and was not, from the context that the command asks: for [TenantOption]
/// alone, since a command over all tenants must not silently become one over a single tenant.
public final class StandingTenant implements IDefaultValueProvider {

    /// Marks the option that is filled in.
    static final String MARK = "standing-tenant";

    private final List<String> words;
    private final Map<String, String> environment;

    /// @param words as typed: values are filled in before picocli has read them all
    public StandingTenant(String[] words, Map<String, String> environment) {
        this.words = List.of(words);
        this.environment = environment;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (MARK.equals(argument.descriptionKey())) {
            return new Sought(typed("--data").map(Path::of), typed("--context"), environment)
                    .named()
                    .flatMap(Context::tenant)
                    .orElse(null);
        }
        return null;
    }

    private Optional<String> typed(String option) {
        int at = words.indexOf(option);
        if (at >= 0 && at + 1 < words.size()) {
            return Optional.of(words.get(at + 1));
        }
        return words.stream()
                .filter(word -> word.startsWith(option + "="))
                .map(word -> word.substring(option.length() + 1))
                .findFirst();
    }
}
