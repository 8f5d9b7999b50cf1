package fieldnotes.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What src/test/python/linear_class_fixtures.py wrote with scikit-learn 1.9.1. */
final class LinearFixtures {
  private static final JsonNode TABLES = read("tables");

  private LinearFixtures() {}

  static JsonNode read(String name) {
    String path = "/classify/linear_" + name + ".json";
    try (InputStream in = LinearFixtures.class.getResourceAsStream(path)) {
      return JsonMapper.builder().build().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<JsonNode> cases(String name) {
    return read(name).valueStream().toList();
  }

  static double[][] x(JsonNode one) {
    return rows(TABLES.get(one.get("table").asString()).get("x"));
  }

  /** The table of a case, with these columns. */
  static Samples samples(JsonNode one, double[][] x) {
    JsonNode table = TABLES.get(one.get("table").asString());
    List<String> classes = table.get("y").valueStream().map(c -> "c" + c.asInt()).toList();
    Samples samples = Samples.of(Matrix.of(x), classes);
    boolean weighted = one.has("weighted") && one.get("weighted").asBoolean();
    return weighted ? samples.withWeights(numbers(table.get("weights"))) : samples;
  }

  static double[] numbers(JsonNode node) {
    return node.valueStream().mapToDouble(JsonNode::asDouble).toArray();
  }

  static double[][] rows(JsonNode node) {
    return node.valueStream().map(LinearFixtures::numbers).toArray(double[][]::new);
  }

  static String text(JsonNode one) {
    StringBuilder text = new StringBuilder();
    for (String name : List.of("table", "kind", "c", "ratio", "shrinkage", "priors", "weighted")) {
      if (one.has(name)) {
        text.append(name).append(' ').append(one.get(name)).append(", ");
      }
    }
    return text.toString();
  }

  /** Equal numbers, relative to the larger of 1 and the number. */
  static void assertClose(String what, double[] found, double[] expected, double tolerance) {
    assertThat(found).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      double allowed = tolerance * Math.max(1, Math.abs(expected[i]));
      assertThat(found[i]).as("%s, number %d", what, i).isCloseTo(expected[i], within(allowed));
    }
  }

  static void assertClose(String what, double[][] found, JsonNode expected, double tolerance) {
    double[][] rows = rows(expected);
    assertThat(found.length).as(what).isEqualTo(rows.length);
    for (int i = 0; i < rows.length; i++) {
      assertClose(what + ", row " + i, found[i], rows[i], tolerance);
    }
  }

  /** A column that is twice there, and one that is constant. */
  static double[][] withTwin(double[][] x) {
    return Arrays.stream(x)
        .map(
            row -> {
              double[] more = Arrays.copyOf(row, row.length + 2);
              more[row.length] = row[0];
              more[row.length + 1] = 2.5;
              return more;
            })
        .toArray(double[][]::new);
  }

  static Matrix first(double[][] x, int count) {
    return Matrix.of(Arrays.copyOf(x, count));
  }

  static double[][] sizes(double[][] x) {
    return Arrays.stream(x)
        .map(row -> Arrays.stream(row).map(Math::abs).toArray())
        .toArray(double[][]::new);
  }

  /** Rows with one column of these numbers and classes of one letter each. */
  static Samples line(String letters, double... numbers) {
    double[][] x = Arrays.stream(numbers).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
    return Samples.of(
        Matrix.of(List.of("v"), x),
        IntStream.range(0, x.length).mapToObj(i -> letters.substring(i, i + 1)).toList());
  }
}
