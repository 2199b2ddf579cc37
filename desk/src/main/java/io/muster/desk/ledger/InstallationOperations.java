package io.muster.desk.ledger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.ledger.Devices;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Reply;

/// What runs here, and how much it holds.
public final class InstallationOperations {

    /// Where the database is.
    public enum Database {
        EMBEDDED("embedded"),
        EXTERNAL("external");

        private final String word;

        Database(String word) {
            this.word = word;
        }
    }

    private final String version;
    private final Database database;
    private final Devices devices;

    public InstallationOperations(String version, Database database, Devices devices) {
        this.version = version;
        this.database = database;
        this.devices = devices;
    }

    public Reply get(Call call) {
        Devices.Census census = devices.census();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("version", version);
        json.put("devices", census.devices());
        json.putObject("database").put("kind", database.word).put("deviceDataBytes", census.bytes());
        return Reply.ok(json);
    }
}
