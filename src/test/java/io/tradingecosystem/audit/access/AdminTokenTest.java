package io.tradingecosystem.audit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class AdminTokenTest {
    @TempDir private Path directory;

    @Test
    void shouldMakeATokenThatItsOwnerReadsAndShowItOnce() throws IOException {
        AdminToken first = AdminToken.of(directory);
        AdminToken second = AdminToken.of(directory);

        assertThat(first.fresh()).isPresent().isEqualTo(AdminToken.read(directory));
        assertThat(second.fresh()).isEmpty();
        assertThat(second.hash().matches(first.hash())).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first.file())))
                .isEqualTo("rw-------");
        assertThat(Files.list(directory)).containsExactly(first.file());
    }

    @Test
    void shouldMakeAnotherOneForWhoDeletesIt() throws IOException {
        AdminToken first = AdminToken.of(directory);
        Files.delete(first.file());
        AdminToken second = AdminToken.of(directory);

        assertThat(second.fresh()).isPresent();
        assertThat(second.hash().matches(first.hash())).isFalse();
    }

    @Test
    void shouldNotStartWithAFileThatIsNoToken() throws IOException {
        Files.writeString(directory.resolve(AdminToken.FILE), "\n");

        assertThatThrownBy(() -> AdminToken.of(directory))
                .isInstanceOf(AccessException.class)
                .hasMessageContaining("delete it, and the next start makes one");
    }
}
