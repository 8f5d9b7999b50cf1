package fieldnotes.tree;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every tree of 100 stages on five tables, of two and six classes, with and without subsample. */
class BoostingIT {
  static Stream<JsonNode> longOnes() throws IOException {
    return BoostingTest.scikitLearn().filter(one -> one.get("codes").size() == 100);
  }

  /** Written by src/test/python/boosting_fixtures.py with scikit-learn 1.9.1. */
  @ParameterizedTest
  @MethodSource("longOnes")
  void sameStagesAsScikitLearn(JsonNode expected) {
    BoostingTest.checkStages(expected);
  }
}
