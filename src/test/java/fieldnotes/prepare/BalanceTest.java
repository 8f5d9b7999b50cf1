package fieldnotes.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.math.NumpyRandom;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class BalanceTest {
  private static Samples samples(String classes, double... x) {
    double[][] rows = Arrays.stream(x).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
    return Samples.of(Matrix.of(rows), classes.chars().mapToObj(Character::toString).toList());
  }

  /** Classes a, b, c of 40, 15 and 6 rows in two columns, overlapping. */
  private static Samples overlapping() {
    NumpyRandom random = NumpyRandom.of(2);
    double[][] x = new double[61][];
    List<String> classes = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    double[] weights = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int c = i < 40 ? 0 : i < 55 ? 1 : 2;
      x[i] = new double[] {c + random.normal(), random.normal() - c};
      classes.add("abc".substring(c, c + 1));
      groups.add("r" + i % 4);
      weights[i] = 1 + i % 3;
    }
    return Samples.of(Matrix.of(x), classes)
        .withGroups("recording", groups)
        .withWeights(weights)
        .withId("overlapping");
  }

  static Stream<Balance> all() {
    return Stream.of(
        Balance.oversample(3),
        Balance.undersample(3),
        Balance.smote(3),
        Balance.borderlineSmote(3),
        Balance.adasyn(3));
  }

  static Stream<Balance> adding() {
    return all().filter(b -> b.method() != Balance.Method.UNDERSAMPLE);
  }

  static Stream<Balance> making() {
    return adding().filter(b -> b.method() != Balance.Method.OVERSAMPLE);
  }

  @Test
  @DisplayName("by hand: two rows of b, 2 and 4; the new ones at the shares that are drawn")
  void smoteByHand() {
    Samples rows = samples("aaaaabb", 10, 11, 12, 13, 14, 2, 4);
    Samples balanced = Balance.smote(7).apply(rows);
    NumpyRandom random = NumpyRandom.of(7);
    int[] bases = {random.upTo(1), random.upTo(1), random.upTo(1)}; // one neighbour each
    double[] expected = new double[3];
    for (int i = 0; i < 3; i++) {
      double share = random.uniform();
      expected[i] = bases[i] == 0 ? 2 + share * 2 : 4 - share * 2;
    }
    double[] x = balanced.matrix().column(0);
    assertThat(Arrays.copyOfRange(x, 7, 10)).containsExactly(expected, within(1e-15));
    assertThat(Arrays.copyOf(x, 7)).containsExactly(10, 11, 12, 13, 14, 2, 4);
    assertThat(String.join("", balanced.classes())).isEqualTo("aaaaabbbbb");
  }

  @Test
  @DisplayName("by hand: only the b between the a is in danger, not the one all alone among them")
  void borderlineByHand() {
    // with 4 rows around: b at 5 has 2 a, b at 6 and 6.5 have 1 or none, b at 1.5 has 4
    Samples rows = samples("aaaaaaaabbbbb", 0, 1, 2, 3, 4, 4.5, 0.5, 2.5, 5, 5.4, 6, 6.5, 1.5);
    Samples balanced = Balance.borderlineSmote(1).withAround(4).withNeighbours(1).apply(rows);
    double[] made = Arrays.copyOfRange(balanced.matrix().column(0), 13, 16);
    assertThat(made).hasSize(3);
    for (double v : made) {
      assertThat(v).isBetween(5.0, 5.4); // from 5 to its nearest
    }
  }

  @Test
  @DisplayName("by hand: rows with 2, 1 and 0 others around are bases 4, 2 and 0 times of 6")
  void parts() {
    assertThat(Synthetic.parted(6, new int[] {2, 1, 0})).containsExactly(4, 2, 0);
    assertThat(Synthetic.parted(5, new int[] {2, 1, 0})).containsExactly(3, 2, 0);
    assertThat(Synthetic.parted(2, new int[] {1, 1, 1})).containsExactly(1, 1, 0);
    assertThat(Synthetic.parted(4, new int[] {0, 0, 0})).containsExactly(2, 1, 1);
  }

  @Test
  @DisplayName("by hand: ADASYN makes rows from the b next to an a only")
  void adasynByHand() {
    Samples rows = samples("aaaaabbb", 0, 1, 2, 3, 4, 5, 100, 101);
    Samples balanced = Balance.adasyn(1).withNeighbours(1).apply(rows);
    double[] x = balanced.matrix().column(0);
    assertThat(x).hasSize(10);
    for (int n = 8; n < 10; n++) {
      assertThat(x[n]).isBetween(5.0, 100.0);
    }
  }

  @ParameterizedTest
  @MethodSource("adding")
  @DisplayName("all classes become as large as the largest, or as its share; what was there stays")
  void counts(Balance balance) {
    Samples rows = overlapping();
    Samples balanced = balance.apply(rows);
    assertThat(Balance.report(balanced).rows()).containsExactly(40, 40, 40);
    assertThat(Balance.report(balance.withShare(0.3).apply(rows)).rows())
        .containsExactly(40, 15, 12);
    int[] first = IntStream.range(0, 61).toArray();
    assertThat(balanced.matrix().rows(first)).isEqualTo(rows.matrix());
    assertThat(balanced.classes().subList(0, 61)).isEqualTo(rows.classes());
    assertThat(balanced.id()).isEqualTo("overlapping");
    assertThat(balanced.target()).isEqualTo(rows.target());
    assertThat(balance.apply(rows).matrix()).isEqualTo(balanced.matrix());
  }

  @ParameterizedTest
  @MethodSource("making")
  @DisplayName("new rows lie between a row of their class and one of its nearest, with its weight")
  void between(Balance balance) {
    Samples rows = overlapping();
    Samples balanced = balance.withNeighbours(3).apply(rows);
    double[][] x = balanced.matrix().values();
    double[] weights = balanced.weights().orElseThrow();
    for (int n = 61; n < x.length; n++) {
      String name = balanced.classes().get(n);
      int found = 0;
      for (int i = 0; i < 61; i++) {
        if (!rows.classes().get(i).equals(name) || weights[n] != weights[i]) {
          continue;
        }
        for (int j : nearest(rows, i, 3)) {
          double t = (x[n][0] - x[i][0]) / (x[j][0] - x[i][0]);
          double y = x[i][1] + t * (x[j][1] - x[i][1]);
          if (t >= 0 && t < 1 && Math.abs(y - x[n][1]) < 1e-9) {
            found++;
            String group = rows.groups("recording").get(i);
            assertThat(balanced.groups("recording").get(n))
                .isIn(rows.groups("recording").get(j).equals(group) ? group : "");
          }
        }
      }
      assertThat(found).as("row %d", n).isPositive();
    }
  }

  private static int[] nearest(Samples rows, int row, int k) {
    double[][] x = rows.matrix().values();
    List<String> classes = rows.classes();
    return IntStream.range(0, x.length)
        .filter(i -> i != row && classes.get(i).equals(classes.get(row)))
        .boxed()
        .sorted(
            Comparator.comparingDouble(i -> Math.hypot(x[i][0] - x[row][0], x[i][1] - x[row][1])))
        .limit(k)
        .mapToInt(i -> i)
        .toArray();
  }

  @Test
  void undersamplingKeepsRowsInOrder() {
    Samples rows = overlapping();
    Samples fewer = Balance.undersample(3).apply(rows);
    assertThat(Balance.report(fewer).rows()).containsExactly(6, 6, 6);
    assertThat(Balance.report(Balance.undersample(3).withShare(0.5).apply(rows)).rows())
        .containsExactly(12, 12, 6);
    int[] order = NumpyRandom.of(3).permutation(40);
    Arrays.sort(order, 0, 6);
    assertThat(fewer.matrix().rows(new int[] {0, 1, 2, 3, 4, 5}))
        .isEqualTo(rows.matrix().rows(Arrays.copyOf(order, 6)));
  }

  @Test
  @DisplayName("columns of whole numbers take the values of the nearer row, if so asked")
  void wholeNumbers() {
    double[][] x = {{0, 1, .5}, {0, 1, .2}, {0, 1, .1}, {0, 1, .9}, {1, 0, 3}, {0, 1, 7}};
    Samples rows = Samples.of(Matrix.of(x), List.of("a", "a", "a", "a", "b", "b"));
    for (double[] row : Balance.smote(4).withWholeKept().apply(rows).matrix().values()) {
      assertThat(row[0] + row[1]).isEqualTo(1);
      assertThat(row[0]).isIn(0.0, 1.0);
    }
    Matrix plain = Balance.smote(4).apply(rows).matrix();
    assertThat(Arrays.stream(plain.column(0)).boxed())
        .as("else they lie between")
        .anyMatch(v -> v > 0 && v < 1);
  }

  @Test
  @DisplayName("copies keep words and everything else; new rows need numbers")
  void words() {
    Table table =
        Table.create(
            "t",
            DoubleColumn.create("n", 1, 2, Double.NaN),
            StringColumn.create("w", "x", "y", "z"));
    Samples rows = Samples.of(table).withClasses(List.of("a", "a", "b"));
    Samples copied = Balance.oversample(1).apply(rows);
    assertThat(copied.table().stringColumn("w").asList()).containsExactly("x", "y", "z", "z");
    assertThatThrownBy(() -> Balance.smote(1).apply(rows)).hasMessageContaining("'w'");
  }

  @Test
  void badRows() {
    Samples one = samples("aaab", 1, 2, 3, 9);
    for (Balance balance : making().toList()) {
      assertThatThrownBy(() -> balance.apply(one))
          .hasMessage(
              "class 'b' of 'rows' has a single row, and a new one lies between two: add rows of"
                  + " that class, leave it out, or take Balance.oversample");
    }
    Samples few = samples("aaaabb", 1, 2, 3, 4, 8, 9);
    assertThat(making().map(b -> b.apply(few).rowCount())).containsOnly(8);
    Samples without = one.withClasses(List.of("a", "", "a", "b"));
    assertThat(all())
        .allSatisfy(
            b ->
                assertThatThrownBy(() -> b.apply(without))
                    .hasMessage(
                        "'rows' has no class at row 1: leave such rows out with labelled()"));
    Samples holed = samples("aaabb", 1, 2, 3, 9, Double.NaN);
    assertThatThrownBy(() -> Balance.adasyn(1).apply(holed))
        .hasMessageContaining("NaN at row 4, column 'x0'");
    assertThatThrownBy(() -> Balance.smote(1).withShare(1.5))
        .hasMessage("share=1.5: must be above 0 and at most 1");
    assertThatThrownBy(() -> Balance.smote(-1)).hasMessageContaining("seed=-1");
    Samples same = samples("aaaabb", 1, 2, 3, 4, 8, 8);
    assertThat(making().map(b -> b.apply(same).matrix().column(0)[7])).containsOnly(8.0);
  }

  @Test
  void reports() {
    BalanceReport report = Balance.report(overlapping(), "recording");
    assertThat(report)
        .hasToString("3 classes: a 40, b 15, c 6; the largest is 6.67 times the smallest");
    assertThat(report.toTable().columnNames())
        .containsExactly("class", "rows", "share", "groups", "most in one");
    assertThat(report.toTable().intColumn("most in one").asList()).containsExactly(10, 4, 2);
    assertThat(report.toTable().doubleColumn("share").get(0)).isCloseTo(40.0 / 61, within(1e-15));
    assertThat(report.byGroup().columnNames()).containsExactly("recording", "a", "b", "c");
    assertThat(report.byGroup().intColumn("b").asList()).containsExactly(4, 4, 4, 3);
    BalanceReport plain = Balance.report(samples("ab", 1, 2).withClasses(List.of("a", "")));
    assertThat(plain).asString().startsWith("2 classes: no class 1, a 1");
    assertThat(plain.toTable().columnNames()).containsExactly("class", "rows", "share");
    assertThatThrownBy(() -> Balance.report(overlapping(), "speaker"))
        .hasMessage("'overlapping' has no groups 'speaker'; it has [recording]");
    assertThat(Balance.report(samples("", new double[0]).withClasses(Collections.emptyList())))
        .hasToString("0 classes: ");
  }
}
