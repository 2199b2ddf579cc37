package io.muster.store.embedded;

import java.util.Locale;

/// The kinds of machine that a server is bundled for, by the name of its archive on the class path.
enum Platform {
    LINUX_AMD64("/postgres-linux-x86_64.txz"),
    LINUX_ARM64("/postgres-linux-arm_64.txz"),
    DARWIN_AMD64("/postgres-darwin-x86_64.txz"),
    DARWIN_ARM64("/postgres-darwin-arm_64.txz");

    private final String resource;

    Platform(String resource) {
        this.resource = resource;
    }

    String resource() {
        return resource;
    }

    static Platform here() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static Platform of(String system, String processor) {
        boolean arm = processor.equals("aarch64") || processor.equals("arm64");
        boolean amd = processor.equals("amd64") || processor.equals("x86_64");
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("linux") && (arm || amd)) {
            return arm ? LINUX_ARM64 : LINUX_AMD64;
        }
        if (name.startsWith("mac") && (arm || amd)) {
            return arm ? DARWIN_ARM64 : DARWIN_AMD64;
        }
        throw new CannotRun(new Obstacle.UnknownPlatform(system + " on " + processor));
    }
}
