package io.muster.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://localhost:5432/muster?user=m&password=geheim",
                "jdbc:postgresql://127.0.0.1/muster",
                "postgresql://m:geheim@localhost/muster",
                "jdbc:postgresql://db.example.com/muster?sslmode=verify-full",
                "postgres://m@db.example.com:5433/muster?sslmode=verify-full&sslrootcert=/etc/ca.pem"
            })
    void an_address_that_is_near_or_verified_is_taken_and_shows_no_password(String text) {
        DatabaseAddress address = DatabaseAddress.parse(text);
        assertThat(address.toString()).startsWith("jdbc:postgresql://").doesNotContain("geheim");
        assertThat(address.url()).doesNotContain("geheim");
    }

    @Test
    void user_and_password_are_found_wherever_they_stand() {
        DatabaseAddress uri = DatabaseAddress.parse("postgresql://m:geheim@localhost/muster");
        DatabaseAddress jdbc = DatabaseAddress.parse("jdbc:postgresql://localhost/muster?user=m&password=geheim");
        assertThat(uri.user()).isEqualTo(jdbc.user()).isEqualTo("m");
        assertThat(uri.password()).isEqualTo(jdbc.password()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db.example.com/muster",
                "jdbc:postgresql://db.example.com/muster?sslmode=require",
                "jdbc:postgresql://localhost,db.example.com/muster",
                "postgresql://m@10.0.0.7/muster?sslmode=verify-ca"
            })
    void an_address_over_the_network_without_verified_tls_is_refused_with_advice(String text) {
        assertThatThrownBy(() -> DatabaseAddress.parse(text))
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("sslmode=verify-full");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mysql://localhost/x", "jdbc:mysql://localhost/x", "localhost:5432", "postgresql:///"})
    void what_is_no_address_is_refused(String text) {
        assertThatThrownBy(() -> DatabaseAddress.parse(text)).isInstanceOf(UnusableDatabaseException.class);
    }
}
