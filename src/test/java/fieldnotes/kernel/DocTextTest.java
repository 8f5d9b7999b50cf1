package fieldnotes.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocTextTest {
  @ParameterizedTest
  @DisplayName("links of the documentation read as code names them, or as their label")
  @CsvSource(
      delimiter = '|',
      value = {
        "as {@link #read} does | as read does",
        "see {@link #read(Path)} | see read(Path)",
        "see {@link AudioFiles#read(Path, int)} | see AudioFiles.read(Path, int)",
        "see {@linkplain AudioFiles#read(Path, int) how it reads} | see how it reads",
        "a {@link java.util.List list} | a list",
        "a {@link List} of {@code #1} | a List of #1",
        "at most {@value #MOST} | at most MOST",
        "{@literal a#b} &lt;x&gt; <b>y</b> | a#b <x> y"
      })
  void plain(String javadoc, String shown) {
    assertThat(DocText.plain(javadoc)).isEqualTo(shown);
  }
}
