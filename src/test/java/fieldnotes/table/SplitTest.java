package fieldnotes.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

public class SplitTest {
  @Test
  @DisplayName("five rows with seed 42: the second is held back")
  void handWorked() {
    Split split = Split.random(5, 0.2, 42);
    assertThat(split.test()).containsExactly(1);
    assertThat(split.train()).containsExactly(4, 2, 0, 3);
  }

  @Property(tries = 50)
  void everyRowGoesToOneSet(
      @ForAll @IntRange(min = 20, max = 500) int rows,
      @ForAll @DoubleRange(min = 0.2, max = 0.8) double share,
      @ForAll @IntRange(min = 0, max = Integer.MAX_VALUE) int seed) {
    int[] classes = IntStream.range(0, rows).map(i -> i % 3).toArray();
    for (Split split :
        List.of(Split.random(rows, share, seed), Split.stratified(classes, share, seed))) {
      assertThat(
              IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.test())).sorted())
          .containsExactlyElementsOf(IntStream.range(0, rows).boxed().toList());
      assertThat(split.test()).hasSize((int) Math.ceil(share * rows));
    }
  }

  /** Written by src/test/python/split_fixtures.py with scikit-learn 1.9.1. */
  @ParameterizedTest
  @CsvFileSource(
      resources = "/table/splits.csv",
      useHeadersInDisplayName = true,
      maxCharsPerColumn = 100_000)
  void sameRowsInTheSameOrderAsScikitLearn(
      String kind, int rows, double share, long seed, String classes, String train, String test) {
    Split split =
        kind.equals("plain")
            ? Split.random(rows, share, seed)
            : Split.stratified(
                Arrays.stream(classes.split(";")).mapToInt(Integer::parseInt).toArray(),
                share,
                seed);
    assertThat(shown(split.train(), rows)).isEqualTo(train);
    assertThat(shown(split.test(), rows)).isEqualTo(test);
  }

  private static String shown(int[] rows, int all) {
    return all > 60
        ? hash(rows)
        : Arrays.stream(rows).mapToObj(Integer::toString).collect(Collectors.joining(";"));
  }

  public static String hash(int[] rows) {
    String joined =
        Arrays.stream(rows).mapToObj(Integer::toString).collect(Collectors.joining(","));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(joined.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @DisplayName("the chapter's plain split of 20,640 rows")
  void chapterPlain() {
    Split split = Split.random(20640, 0.2, 42);
    assertThat(hash(split.train()))
        .isEqualTo("e1fe33e787a85c8b0493a50ef2ff561b8a4e5780980d9173604731aef2a40734");
    assertThat(hash(split.test()))
        .isEqualTo("d26b2b3b44d43b3b36ddf1aa9113519207a50892ba48f9bd4dccdcaff46eb3e1");
  }

  @Test
  @DisplayName("the chapter's split by a hash of the row number")
  void chapterById() {
    Split split = Split.byId(LongStream.range(0, 20640).toArray(), 0.2);
    assertThat(split.test()).hasSize(4128).startsWith(2, 5);
    assertThat(hash(split.test()))
        .isEqualTo("1dac91f063fdb9dbb162b636a9666263ed12e56495017017cc358775cdb09fd5");
  }

  @Test
  void textClassesAreSortedByCodePoint() {
    List<String> words = List.of("b", "a", "b", "a", "é", "é", "B", "B");
    int[] codes = {2, 1, 2, 1, 3, 3, 0, 0};
    assertThat(Split.stratified(words, 0.5, 3)).isEqualTo(Split.stratified(codes, 0.5, 3));
  }

  @Test
  void takesTheRowsOfATable() {
    Table table = Table.create("t", IntColumn.create("n", IntStream.range(0, 5).toArray()));
    assertThat(Split.random(5, 0.2, 42).test(table).intColumn("n").asList()).containsExactly(1);
    assertThat(Split.random(5, 0.2, 42).train(table).intColumn("n").asList())
        .containsExactly(4, 2, 0, 3);
    assertThatThrownBy(() -> Split.random(6, 0.2, 42).test(table))
        .hasMessage("table 't' has 5 rows, but this split is of 6");
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(() -> Split.random(10, 1.0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("testShare=1.0: must lie between 0 and 1, both excluded");
    assertThatThrownBy(() -> Split.random(2, 0.9, 1)).hasMessageContaining("no row to train on");
    assertThatThrownBy(() -> Split.random(10, 0.5, -1)).hasMessageContaining("seed=-1");
    assertThatThrownBy(() -> Split.stratified(new int[] {1, 1, 2}, 0.5, 1))
        .hasMessage(
            "class 2 has a single row (row 2): a stratified split needs at least 2 of each");
    assertThatThrownBy(() -> Split.stratified(new int[] {1, 1, 2, 2, 3, 3}, 0.2, 1))
        .hasMessageContaining("fewer than the 3 classes");
  }
}
