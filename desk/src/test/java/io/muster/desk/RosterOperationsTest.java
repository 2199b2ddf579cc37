package io.muster.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RosterOperationsTest {

    private OpenDesk desk;
    private Operator operator;

    @BeforeEach
    void open(@TempDir Path folder) {
        desk = new OpenDesk(folder);
        operator = desk.operator();
    }

    @AfterEach
    void close() {
        operator.close();
        desk.close();
    }

    @Test
    void a_tenant_is_created_shown_and_listed() {
        var created = operator.post("/api/v1/tenants", "{\"name\":\"acme\"}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.raw().headers().firstValue("Location")).contains("/api/v1/tenants/acme");
        assertThat(operator.get("/api/v1/tenants/acme").json().getString("idScope"))
                .isEqualTo("acme");
        assertThat(operator.get("/api/v1/tenants").json().getJsonArray("items")).hasSize(1);
        assertThat(desk.roster().actors()).containsExactly("bootstrap");
    }
}
