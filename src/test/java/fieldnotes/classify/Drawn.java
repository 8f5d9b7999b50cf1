package fieldnotes.classify;

import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rows that fixtures in Python draw too, and what those fixtures expect. */
final class Drawn {
  private static final int COLUMNS = 4;

  private Drawn() {}

  static JsonNode read(String name) {
    try (InputStream in = Drawn.class.getResourceAsStream("/" + name + ".json")) {
      return JsonMapper.builder().build().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static double[] numbers(JsonNode node) {
    return node.valueStream().mapToDouble(JsonNode::asDouble).toArray();
  }

  static double[][] table(JsonNode node) {
    return node.valueStream().map(Drawn::numbers).toArray(double[][]::new);
  }

  static List<String> texts(JsonNode node) {
    return node.valueStream().map(JsonNode::asString).toList();
  }

  private static double[][] uniform(NumpyRandom random, int rows, int columns) {
    double[][] x = new double[rows][columns];
    for (double[] row : x) {
      for (int c = 0; c < columns; c++) {
        row[c] = random.uniform();
      }
    }
    return x;
  }

  /** The rows that the function data of ensemble_fixtures.py draws. */
  static Samples rows(long seed, int count, int classes, boolean weighted) {
    NumpyRandom random = NumpyRandom.of(seed);
    double[][] x = uniform(random, count, COLUMNS);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double at = 0.7 * x[i][0] + 0.3 * random.uniform();
      int code = Math.min(classes - 1, (int) Math.floor(at * at * 1.4 * classes));
      names.add("abcdefgh".substring(code, code + 1));
    }
    double[] weights = new double[count];
    for (int i = 0; i < count; i++) {
      weights[i] = random.uniform();
    }
    Samples rows = Samples.of(Matrix.of(x), names).withId("drawn");
    return weighted ? rows.withWeights(weights) : rows;
  }

  /** The rows to predict. */
  static Matrix tested(long seed, int count) {
    return Matrix.of(uniform(NumpyRandom.of(seed + 1000), count, COLUMNS));
  }
}
