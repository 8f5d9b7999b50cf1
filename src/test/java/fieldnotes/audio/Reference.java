package fieldnotes.audio;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reference numbers of librosa, which lie beside the checkout and may be absent. */
final class Reference {
  private static final Path FOLDER = Path.of("..", "shared", "reference", "librosa");

  private Reference() {}

  static Path file(String name) {
    Path path = FOLDER.resolve(name);
    Assumptions.assumeTrue(
        Files.exists(path), () -> path + " is absent: the comparison with librosa is skipped");
    return path;
  }

  static JsonNode json(String name) throws Exception {
    return JsonMapper.shared().readTree(Files.readString(file(name)));
  }
}
