package fieldnotes.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class OpenedTest {
  @Test
  void aSetThatWentKeepsNobodyFromWriting() {
    Opened.note("opened-test-here", () -> "abc");
    Opened.note(
        "opened-test-gone",
        () -> {
          throw new UncheckedIOException(new IOException("its folder went"));
        });
    assertThat(Opened.hashes())
        .containsEntry("opened-test-here", "abc")
        .containsEntry("opened-test-gone", "");
    Opened.forget();
    assertThat(Opened.hashes()).isEmpty();
  }
}
