package fieldnotes.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FormatIT {
  @Test
  @DisplayName("every source is formatted; './workbench format' does it")
  void everySourceIsFormatted() throws Exception {
    assertThat(Format.unformatted(List.of("src"))).isEmpty();
  }
}
