package fieldnotes.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reference numbers written by src/test/python/cluster_fixtures.py. */
public final class Fixtures {
  private Fixtures() {}

  /** One file of reference numbers, by its name without the ending. */
  public static JsonNode read(String name) {
    try (InputStream in = Fixtures.class.getResourceAsStream("/cluster/" + name + ".json")) {
      return JsonMapper.builder().build().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of one of the data sets. */
  public static double[][] x(String set) {
    return matrix(read("data").get(set).get("x"));
  }

  /** The true groups of one of the data sets. */
  public static int[] y(String set) {
    return ints(read("data").get(set).get("y"));
  }

  public static double number(JsonNode node) {
    if (node.isNumber()) {
      return node.doubleValue();
    }
    return switch (node.asString()) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> throw new IllegalArgumentException(node.toString());
    };
  }

  public static double[] vector(JsonNode node) {
    double[] v = new double[node.size()];
    for (int i = 0; i < v.length; i++) {
      v[i] = number(node.get(i));
    }
    return v;
  }

  public static double[][] matrix(JsonNode node) {
    double[][] m = new double[node.size()][];
    for (int i = 0; i < m.length; i++) {
      m[i] = vector(node.get(i));
    }
    return m;
  }

  public static int[] ints(JsonNode node) {
    int[] v = new int[node.size()];
    for (int i = 0; i < v.length; i++) {
      v[i] = node.get(i).intValue();
    }
    return v;
  }

  /** Equal up to {@code relative} times the larger of the expected and what is around it. */
  public static void close(double actual, double expected, double relative, double around) {
    if (Double.isNaN(expected) || Double.isInfinite(expected)) {
      assertThat(actual).isEqualTo(Double.valueOf(expected));
    } else {
      double allowed = relative * Math.max(Math.abs(expected), around);
      assertThat(Math.abs(actual - expected))
          .as("%s instead of %s", actual, expected)
          .isLessThanOrEqualTo(allowed);
    }
  }

  /** Equal entry by entry, relative to the entry or to a thousandth of the largest. */
  public static void close(double[] actual, double[] expected, double relative) {
    assertThat(actual).hasSameSizeAs(expected);
    double largest = 1e-300;
    for (double v : expected) {
      if (Double.isFinite(v)) {
        largest = Math.max(largest, Math.abs(v));
      }
    }
    for (int i = 0; i < expected.length; i++) {
      close(actual[i], expected[i], relative, largest * 1e-3);
    }
  }

  public static void close(double[][] actual, double[][] expected, double relative) {
    assertThat(actual.length).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      close(actual[i], expected[i], relative);
    }
  }
}
