package io.muster.server.settings;

import io.muster.core.connectivity.HookUrl;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Operators' own services that are asked before a device is let in.
///
/// @param allow        what their URLs begin with; empty: none is called
/// @param allowPrivate whether they may be at addresses that are not public
/// @param anchors      a PEM file; empty for the anchors of the Java platform
/// @param secret       the file of the secret that signs calls
public record HookSettings(List<HookUrl> allow, boolean allowPrivate, Optional<Path> anchors, Path secret) {

    public HookSettings {
        allow = List.copyOf(allow);
    }

    static List<HookUrl> urls(Optional<String> list) {
        return list.stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> HookUrl.parse(text)
                        .orElseThrow(() -> new SettingsException(
                                Key.HOOKS_ALLOW.path() + " has \"" + text + "\"; each entry is " + HookUrl.RULE + ".")))
                .toList();
    }

    static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new SettingsException(
                        Key.HOOKS_ALLOW_PRIVATE.path() + " is \"" + text + "\"; it is true or false.");
        };
    }
}
