package io.muster.cli.command;

import io.muster.cli.page.ExitCode;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = {
            "Print a script that lets the shell complete muster's nouns, verbs, options and their values.",
            "The same script serves bash, and zsh by its bashcompinit."
        },
        footer = {
            "",
            "Examples:",
            "  source <(muster completion bash)",
            "  muster completion bash > ~/.local/share/bash-completion/completions/muster",
            "  muster completion zsh > ~/.muster-completion; echo 'source ~/.muster-completion' >> ~/.zshrc"
        })
final class Completion implements Callable<Integer> {

    enum Shell {
        BASH,
        ZSH
    }

    /// The lines in which picocli lists the values of an option or parameter, in the spelling of Java.
    private static final Pattern VALUES = Pattern.compile("  local \\w+_(option|pos_param)_args=\\(.*");

    @Parameters(paramLabel = "bash|zsh", description = "The shell to write for.")
    private Shell shell = Shell.BASH;

    @Spec
    private @Nullable CommandSpec spec;

    private final Session session;

    Completion(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String script =
                switch (shell) {
                    case BASH, ZSH -> script(spec);
                };
        session.sheet().part(script);
        return ExitCode.OK.number();
    }

    private static String script(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("picocli gives every command its specification");
        }
        return AutoComplete.bash("muster", spec.root().commandLine())
                .lines()
                .map(line -> VALUES.matcher(line).matches() ? line.toLowerCase(Locale.ROOT) : line)
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
