package fieldnotes.classify;

import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rows drawn as {@code drawn} in svm_fixtures.py draws them, and what such scripts wrote. */
record DrawnRows(Samples rows, double[] weights, Matrix unseen) {
  private static final int NEW = 10;

  static DrawnRows of(JsonNode drawn) {
    return of(
        drawn.get("seed").asInt(),
        drawn.get("rows").asInt(),
        drawn.get("columns").asInt(),
        drawn.has("classes") ? drawn.get("classes").asInt() : 2);
  }

  static DrawnRows of(int seed, int rows, int columns, int classes) {
    NumpyRandom random = NumpyRandom.of(seed);
    double[][] x = new double[rows + NEW][columns];
    for (double[] row : x) {
      for (int c = 0; c < columns; c++) {
        row[c] = random.uniform() * 3;
      }
    }
    double[] noise = IntStream.range(0, rows + NEW).mapToDouble(i -> random.uniform()).toArray();
    double[] weights =
        IntStream.range(0, rows)
            .mapToDouble(i -> random.uniform())
            .map(w -> w < 0.1 ? 0 : 2 * w)
            .toArray();
    List<String> names =
        IntStream.range(0, rows)
            .map(
                i -> {
                  double signal = Math.sin(x[i][0]) + x[i][1] * x[i][2] / 9 + noise[i] / 4;
                  return Math.min((int) (signal / 2.2 * classes), classes - 1);
                })
            .mapToObj(code -> "class " + code)
            .toList();
    Matrix all = Matrix.of(x);
    return new DrawnRows(
        Samples.of(all.rows(IntStream.range(0, rows).toArray()), names),
        weights,
        all.rows(IntStream.range(rows, rows + NEW).toArray()));
  }

  /** The rows, with their weights if wanted. */
  Samples rows(boolean weighted) {
    return weighted ? rows.withWeights(weights) : rows;
  }

  /** Cases of one kind from a file of such cases. */
  static Stream<JsonNode> cases(String file, String kind) {
    try (InputStream in = DrawnRows.class.getResourceAsStream("/classify/" + file + ".json")) {
      return JsonMapper.builder()
          .build()
          .readTree(in)
          .valueStream()
          .filter(one -> one.get("kind").asString().equals(kind));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static double[] numbers(JsonNode list) {
    return list.valueStream().mapToDouble(JsonNode::asDouble).toArray();
  }

  static int[] wholes(JsonNode list) {
    return list.valueStream().mapToInt(JsonNode::asInt).toArray();
  }

  static double[][] matrix(JsonNode lists) {
    return lists.valueStream().map(DrawnRows::numbers).toArray(double[][]::new);
  }
}
