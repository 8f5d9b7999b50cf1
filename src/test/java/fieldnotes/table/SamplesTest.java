package fieldnotes.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class SamplesTest {
  private static final Matrix X =
      Matrix.of(List.of("a", "b"), new double[][] {{1, 10}, {2, 20}, {3, 30}, {4, 40}});

  private static Table table() {
    return Table.create(
        "t",
        DoubleColumn.create("a", 1, 2, 3),
        StringColumn.create("word", "x", "y", "x"),
        DoubleColumn.create("b", 10, 20, 30));
  }

  @Test
  @DisplayName(
      "a few rows of each class, in the order of classNames; rows without a class are none")
  void some() {
    Samples partly = Samples.of(X, List.of("", "a", "", "b"));
    assertThat(partly.some(1, 2)).containsExactly(1, 3);
    assertThat(partly.some(3, 9)).containsExactly(1, 3);
    Samples marks = Samples.of(X, List.of("😀", "\uFF5E", "😀", "b"));
    assertThat(marks.classNames()).containsExactly("b", "\uFF5E", "😀");
    assertThat(marks.some(1, 3)).containsExactly(3, 1, 0);
    assertThat(Samples.of(X).some(1, 2)).containsExactly(0, 2);
    assertThatThrownBy(() -> partly.some(0, 2)).hasMessageStartingWith("each=0");
    assertThatThrownBy(() -> partly.some(1, 0)).hasMessageStartingWith("most=0");
  }

  @Test
  @DisplayName("a target is no feature, and rows with a target keep what they had")
  void target() {
    Samples rows = Samples.of(X).withWeights(new double[] {1, 2, 3, 4});
    rows = rows.withGroups("speaker", List.of("x", "x", "y", "y"));
    Samples whole = rows;
    assertThatThrownBy(() -> whole.withTarget("a", new double[4]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'a' is a feature, so a model would see what it must predict");
    Samples classed = whole.withFeatures(Matrix.of(List.of("class"), new double[4][1]));
    assertThatThrownBy(() -> classed.withClasses(List.of("u", "v", "u", "v")))
        .hasMessageStartingWith("'class' is a feature");
    assertThat(whole.withTarget("a").features()).containsExactly("b");
    Samples again = Samples.of(whole, new double[] {5, 6, 7, 8});
    assertThat(again.weights()).hasValue(new double[] {1, 2, 3, 4});
    assertThat(again.groups("speaker")).containsExactly("x", "x", "y", "y");
    assertThat(again.numbers()).containsExactly(5, 6, 7, 8);
  }

  @Test
  @DisplayName("numbers as classes keep all their digits")
  void numbersAsClasses() {
    Table table =
        Table.create(
            "t",
            DoubleColumn.create("d", 1.2345678, 1.2345679, 4, Double.NaN),
            DoubleColumn.create("w", 1234567890, 1234567891, -0.0, 1e15),
            FloatColumn.create("f", 0.1f, 2f, -0f, 1e20f),
            LongColumn.create("l", 9007199254740993L, 9007199254740992L, 0, -1));
    Samples rows = Samples.of(table);
    assertThat(rows.withClasses("d").classes()).containsExactly("1.2345678", "1.2345679", "4", "");
    assertThat(rows.withClasses("w").classes())
        .containsExactly("1234567890", "1234567891", "0", "1.0E15");
    assertThat(rows.withClasses("f").classes()).containsExactly("0.1", "2", "0", "1.0E20");
    assertThat(rows.withClasses("l").classes())
        .containsExactly("9007199254740993", "9007199254740992", "0", "-1");
  }

  @Test
  @DisplayName("a table and a matrix of the same features are selected, cut and replaced alike")
  void tableAndMatrix() {
    Samples of = Samples.of(table()).withFeatures(List.of("a", "b"));
    Samples plain = Samples.of(X.rows(new int[] {0, 1, 2}));
    for (Samples rows : List.of(of, plain)) {
      assertThat(rows.isNumeric()).isTrue();
      assertThat(rows.matrix().values()).isDeepEqualTo(new double[][] {{1, 10}, {2, 20}, {3, 30}});
      Samples turned = rows.rows(new int[] {2, 0, 2}).withFeatures(List.of("b", "a"));
      assertThat(turned.matrix().values())
          .isDeepEqualTo(new double[][] {{30, 3}, {10, 1}, {30, 3}});
      assertThat(Matrix.from(turned.table(), "b").values())
          .isDeepEqualTo(new double[][] {{30}, {10}, {30}});
      Samples target = rows.withTarget("b");
      assertThat(target.features()).containsExactly("a");
      assertThat(target.numbers()).containsExactly(10, 20, 30);
      assertThat(target.matrix().values()).isDeepEqualTo(new double[][] {{1}, {2}, {3}});
      assertThat(target.table().columnNames()).contains("b");
    }
    assertThat(Samples.of(table()).isNumeric()).isFalse();
    assertThat(Samples.of(table()).numeric().names()).containsExactly("a", "b");
    Matrix other = Matrix.of(List.of("WORD", "c"), new double[][] {{1, 2}, {3, 4}, {5, 6}});
    Samples replaced = Samples.of(table()).withFeatures(List.of("a")).withFeatures(other);
    assertThat(replaced.table().columnNames()).containsExactly("b", "WORD", "c");
    assertThat(replaced.matrix()).isSameAs(other);
  }

  @Test
  @DisplayName("rows of some classes keep their order, groups, weights and names")
  void onlySomeClasses() {
    Samples rows =
        Samples.of(X)
            .rows(new int[] {0, 1, 2, 0, 1})
            .withId("birds")
            .withClasses(List.of("owl", "tit", "", "jay", "owl"))
            .withGroups("nest", List.of("a", "b", "c", "d", "e"))
            .withNames(List.of("r0", "r1", "r2", "r3", "r4"))
            .withWeights(new double[] {1, 2, 3, 4, 5});
    Samples some = rows.only("jay", "owl");
    assertThat(some.classes()).containsExactly("owl", "jay", "owl");
    assertThat(some.groups("nest")).containsExactly("a", "d", "e");
    assertThat(some.names()).containsExactly("r0", "r3", "r4");
    assertThat(some.weights().orElseThrow()).containsExactly(1, 4, 5);
    assertThat(some.matrix().values())
        .isDeepEqualTo(rows.rows(new int[] {0, 3, 4}).matrix().values());
    assertThat(rows.only(List.of("tit", "tit")).names()).containsExactly("r1");
    assertThatThrownBy(() -> rows.only("owl", "tits", ""))
        .hasMessage("'birds' has no row of the classes [tits, ]: name some of [jay, owl, tit]");
    assertThatThrownBy(() -> rows.only())
        .hasMessage("no class is given: name at least one of [jay, owl, tit]");
    assertThatThrownBy(() -> Samples.of(X).only("owl"))
        .hasMessage(
            "'rows' has no classes to choose rows by: give it some with withClasses(column)");
  }

  @Test
  void folderByName() {
    assertThat(Samples.of(X).withFolder("a/b").folder()).contains(Path.of("a/b"));
  }

  @Test
  void badInputIsNamed() {
    for (Samples rows : List.of(Samples.of(table()), Samples.of(X))) {
      assertThatThrownBy(() -> rows.withFeatures(List.of("a", "a")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("features has 'a' twice: name each column once");
      assertThatThrownBy(() -> rows.withFeatures(List.of("a", "z")))
          .hasMessageStartingWith("no column 'z' in table '");
    }
    Samples rows = Samples.of(X);
    List<String> holes = Arrays.asList("u", null, "v", null);
    assertThatThrownBy(() -> rows.withTable(table(), List.of("a")))
        .hasMessageContaining("table has 3");
    assertThatThrownBy(() -> Samples.of(table()).withTable(table(), List.of("b", "b")))
        .hasMessage("features has 'b' twice: name each column once");
    assertThatThrownBy(() -> rows.withClasses(holes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("classes has null at row 1: give empty text instead");
    assertThatThrownBy(() -> rows.withGroups("speaker", holes))
        .hasMessage("groups has null at row 1: give empty text instead");
    assertThatThrownBy(() -> rows.withNames(holes))
        .hasMessage("names has null at row 1: give empty text instead");
    assertThatThrownBy(() -> rows.withUnit("$"))
        .hasMessage("'rows' has nothing to predict: choose a target first");
    Samples twins = Samples.of(Matrix.of(List.of("A", "a"), new double[][] {{1, 2}}));
    assertThat(twins.matrix().column("a")).containsExactly(2);
    assertThatThrownBy(twins::table)
        .hasMessage(
            "columns 'A' and 'a' differ only in case, which a table does not tell apart: rename"
                + " one");
  }
}
