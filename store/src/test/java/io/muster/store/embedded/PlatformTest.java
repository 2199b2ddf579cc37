package io.muster.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PlatformTest {
    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, LINUX_AMD64",
        "Linux, aarch64, LINUX_ARM64",
        "Mac OS X, x86_64, DARWIN_AMD64",
        "Mac OS X, aarch64, DARWIN_ARM64"
    })
    void a_kind_of_machine_has_its_archive(String system, String processor, Platform platform) {
        assertThat(Platform.of(system, processor)).isEqualTo(platform);
    }

    @ParameterizedTest
    @EnumSource(Platform.class)
    void every_archive_is_on_the_class_path(Platform platform) {
        assertThat(Platform.class.getResource(platform.resource())).isNotNull();
    }

    @Test
    void another_kind_of_machine_is_told_about_the_external_server() {
        CannotRun refused = catchThrowableOfType(CannotRun.class, () -> Platform.of("Windows 11", "amd64"));
        assertThat(refused).hasMessageContaining("Windows 11 on amd64").hasMessageContaining("database.url");
    }
}
