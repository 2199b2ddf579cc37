package io.muster.core.permission;

/// What a device may ask for.
public enum Action {
    CONNECT("iot:Connect"),
    PUBLISH("iot:Publish"),
    SUBSCRIBE("iot:Subscribe"),
    RECEIVE("iot:Receive"),
    /// To have a message kept for subscribers that come later. Asked beside [#PUBLISH].
    RETAIN_PUBLISH("iot:RetainPublish");

    private final String code;

    Action(String code) {
        this.code = code;
    }

    /// As policies write it.
    public String code() {
        return code;
    }
}
