package fieldnotes.serve;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.common.FaultyFiles;
import fieldnotes.common.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestLogTest {
  private static final int LINES = 5;

  @TempDir Path folder;

  /** Writes numbered lines; returns why the log could not be opened, or closed. */
  private static Optional<String> write(Path file) {
    try (RequestLog log = new RequestLog(Optional.of(file))) {
      for (int i = 0; i < LINES; i++) {
        log.write(Map.of("line", i));
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(Reason.of(e)); // as the command says it
    }
  }

  @Test
  @DisplayName("each operation on the file fails in turn: at most one line is lost, none is joined")
  void faults() throws IOException {
    FaultyFiles none = new FaultyFiles();
    Path good = folder.resolve("good/requests.log");
    assertThat(write(none.path(good))).isEmpty();
    assertThat(Files.readString(good))
        .isEqualTo("{\"line\":0}\n{\"line\":1}\n{\"line\":2}\n{\"line\":3}\n{\"line\":4}\n");
    int lost = 0;
    for (int i = 0; i < none.operations().size(); i++) {
      for (FaultyFiles.Fault fault : FaultyFiles.Fault.values()) {
        Path file = folder.resolve("%s-%s/requests.log".formatted(i, fault));
        Optional<String> error = write(new FaultyFiles(i, fault, false).path(file));
        String as = none.operations().get(i) + ", " + fault;
        if (!Files.isRegularFile(file) || Files.size(file) == 0) {
          assertThat(error).as(as).hasValueSatisfying(why -> assertThat(why).contains(fault.words));
          continue;
        }
        List<String> whole = new ArrayList<>(Files.readAllLines(file));
        whole.removeIf(line -> !line.matches("\\{\"line\":\\d}"));
        assertThat(whole).as(as).hasSizeGreaterThanOrEqualTo(LINES - 1).doesNotHaveDuplicates();
        lost += LINES - whole.size();
      }
    }
    assertThat(lost).as("each write of a line failed once in each way").isGreaterThan(LINES);
  }

  @Test
  @DisplayName("a key that stands in a path is not written")
  void keys() throws IOException {
    Path file = folder.resolve("requests.log");
    String key = ApiKeys.add(folder.resolve("keys.json"), "me", false, 0);
    try (RequestLog log = new RequestLog(Optional.of(file))) {
      log.write(Map.of("path", "/v1/" + key));
    }
    assertThat(Files.readString(file)).contains("fn_…").doesNotContain(key);
  }
}
