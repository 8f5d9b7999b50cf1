package fieldnotes.evaluate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What src/test/python/fold_score_fixtures.py wrote. */
final class Reference {
  private Reference() {}

  static JsonNode read(String name) {
    try (InputStream in = Reference.class.getResourceAsStream("/evaluate/" + name + ".json")) {
      return JsonMapper.builder().build().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> texts(JsonNode node) {
    return node.valueStream().map(JsonNode::asString).toList();
  }
}
