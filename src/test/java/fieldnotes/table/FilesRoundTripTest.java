package fieldnotes.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.common.Faults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.ShortColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.api.TimeColumn;
import tech.tablesaw.columns.Column;
import tech.tablesaw.columns.numbers.LongColumnType;
import tech.tablesaw.columns.numbers.ShortColumnType;

/** What is written as CSV or Parquet is read back as it was. */
class FilesRoundTripTest {
  private static final CsvSchema SCHEMA = CsvSchema.of().withText("text").withNumbers("number");

  @TempDir Path folder;
  private Path own;

  /** A row of a table. */
  record Cells(String text, double number) {}

  @Provide
  Arbitrary<List<Cells>> rows() {
    Arbitrary<String> texts =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(12),
            Arbitraries.strings().withChars(" \"',;\r\n\t#\\\uFEFF\0Naé\u2028").ofMaxLength(8));
    Arbitrary<Double> numbers =
        Arbitraries.oneOf(
            Arbitraries.longs().map(Double::longBitsToDouble),
            Arbitraries.of(-0.0, 0.0, Double.MIN_VALUE, Double.MIN_NORMAL, 0.1 + 0.2, 1e23),
            Arbitraries.of(Double.MAX_VALUE, -Double.MAX_VALUE, 2.0E-3, 9007199254740992.0),
            Arbitraries.doubles());
    return Combinators.combine(
            texts.filter(FilesRoundTripTest::isWhole), numbers.filter(d -> !Double.isInfinite(d)))
        .as(Cells::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(20);
  }

  /** Half a pair of surrogates is no text that UTF-8 has. */
  private static boolean isWhole(String text) {
    return text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }

  private static Table table(List<Cells> rows) {
    return Table.create(
        "t",
        StringColumn.create("text", rows.stream().map(Cells::text)),
        DoubleColumn.create("number", rows.stream().mapToDouble(Cells::number)));
  }

  private Path own() throws IOException {
    if (own == null) {
      own = Files.createTempDirectory("round");
    }
    return own;
  }

  @AfterProperty
  void tidy() throws IOException {
    if (own != null) {
      try (var all = Files.list(own)) {
        for (Path file : all.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(own);
    }
  }

  private static void assertSame(Table read, List<Cells> rows) {
    assertThat(read.rowCount()).isEqualTo(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      assertThat(read.stringColumn("text").get(i)).isEqualTo(rows.get(i).text());
      double number = rows.get(i).number();
      assertThat(Double.doubleToLongBits(read.doubleColumn("number").getDouble(i)))
          .as("%s", number)
          .isEqualTo(Double.doubleToLongBits(number));
    }
  }

  @Tag("long")
  @Property(tries = 500)
  void csv(@ForAll("rows") List<Cells> rows) throws IOException {
    Path file = own().resolve("t.csv");
    Csv.write(table(rows), file);
    assertSame(Csv.read(file, SCHEMA), rows);
  }

  @Provide
  Arbitrary<List<Cells>> manyRows() {
    return rows().list().ofMinSize(1).ofMaxSize(10).map(FilesRoundTripTest::joined);
  }

  private static List<Cells> joined(List<List<Cells>> lists) {
    return lists.stream().flatMap(List::stream).toList();
  }

  /** A file takes DuckDB 70 ms, however many rows it has: few files, of more rows each. */
  @Tag("long")
  @Property(tries = 10)
  void parquet(@ForAll("manyRows") List<Cells> rows) throws IOException {
    Path file = own().resolve("t.parquet");
    Parquet.write(table(rows), file);
    assertSame(Parquet.read(file), rows);
  }

  @Property(tries = 200)
  void aColumnOfTextAlone(@ForAll("rows") List<Cells> rows) throws IOException {
    Path file = own().resolve("one.csv");
    Table one = table(rows).selectColumns("text");
    Csv.write(one, file);
    assertThat(Csv.read(file, CsvSchema.of().withText("text")).stringColumn("text").asList())
        .isEqualTo(one.stringColumn("text").asList());
  }

  @Test
  @DisplayName("the CSV, letter for letter")
  void letters() throws IOException {
    DoubleColumn shown = DoubleColumn.create("b, c", 1.0 / 3, Double.NaN, -0.0);
    shown.setPrintFormatter(java.text.NumberFormat.getPercentInstance(java.util.Locale.ROOT), "?");
    Table table =
        Table.create(
            "t",
            StringColumn.create("a", " say \"x\"", "", "two\nlines"),
            shown,
            IntColumn.create("n", new Integer[] {1, null, -12_345}),
            BooleanColumn.create("d", Arrays.asList(true, false, null)),
            DateTimeColumn.create("e", LocalDateTime.of(2026, 3, 1, 10, 0), null, null));
    Path file = folder.resolve("t.csv");
    Csv.write(table, file.toString());
    assertThat(file)
        .hasContent(
            "a,\"b, c\",n,d,e\n"
                + "\" say \"\"x\"\"\",0.3333333333333333,1,true,2026-03-01T10:00\n"
                + ",,,false,\n"
                + "\"two\nlines\",-0.0,-12345,,\n");
    assertThat(Csv.line("x", "a,b", "")).isEqualTo("x,\"a,b\",\n");
  }

  @Test
  @DisplayName("Parquet keeps types and missing cells of every kind")
  void types() {
    Table table = Table.create("t'x");
    table.addColumns(
        StringColumn.create("it's", "a", ""),
        DoubleColumn.create("double", 0.1, Double.NaN),
        FloatColumn.create("float", new Float[] {0.1f, null}),
        IntColumn.create("int", new Integer[] {Integer.MAX_VALUE, null}),
        ShortColumn.create("short", (short) -7, ShortColumnType.missingValueIndicator()),
        LongColumn.create("long", Long.MAX_VALUE, LongColumnType.missingValueIndicator()),
        BooleanColumn.create("boolean", Arrays.asList(true, null)),
        DateColumn.create("date", LocalDate.of(1969, 12, 31), null),
        TimeColumn.create("time", LocalTime.of(23, 59, 1), null),
        DateTimeColumn.create("moment", LocalDateTime.of(2026, 3, 29, 2, 30, 1), null));
    Path file = folder.resolve("t'x [1]*.parquet");
    Parquet.write(table, file.toString());
    Table read = Parquet.read(file.toString());
    assertThat(read.columnNames()).isEqualTo(table.columnNames());
    for (Column<?> column : table.columns()) {
      Column<?> back = read.column(column.name());
      assertThat(back).as(column.name()).hasSameClassAs(column);
      assertThat(back.get(0)).as(column.name()).isEqualTo(column.get(0));
      assertThat(back.isMissing(1)).as(column.name()).isTrue();
    }
    Parquet.write(table.emptyCopy(), file);
    assertThat(Parquet.read(file).rowCount()).isZero();
    assertThat(Parquet.read(file).columnCount()).isEqualTo(10);
  }

  @Test
  @DisplayName("columns that a table cannot hold are named; large whole numbers become doubles")
  void foreignTypes() throws Exception {
    Path file = folder.resolve("f.parquet");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT 1.25::DECIMAL(9,3) d, 12::UBIGINT u, 7::UTINYINT t,"
              + " '2026-01-01 01:00:00+01'::TIMESTAMPTZ z) TO '"
              + file
              + "' (FORMAT PARQUET)");
      Table table = Parquet.read(file);
      assertThat(table.doubleColumn("d").get(0)).isEqualTo(1.25);
      assertThat(table.doubleColumn("u").get(0)).isEqualTo(12);
      assertThat(table.shortColumn("t").get(0)).isEqualTo((short) 7);
      assertThat(table.stringColumn("z").get(0)).isEqualTo("2026-01-01T00:00:00Z");
      statement.execute("COPY (SELECT [1, 2] l) TO '" + file + "' (FORMAT PARQUET)");
    }
    assertThatThrownBy(() -> Parquet.read(file))
        .hasMessage(
            "f.parquet: column 'l' holds INTEGER[]; a table takes numbers, text, true and false,"
                + " dates and times: leave the column out or convert it");
  }

  @Test
  void whatIsNoParquetIsNamed() throws IOException {
    Path file = folder.resolve("x.parquet");
    assertThatThrownBy(() -> Parquet.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file + ": there is no such file; give the path of a Parquet file");
    Files.writeString(file, "a,b\n1,2\n");
    assertThatThrownBy(() -> Parquet.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "%s: cannot be read as Parquet (Invalid Input Error: File '%s' too small to be a"
                    .formatted(file, file)
                + " Parquet file)");
  }

  @ParameterizedTest
  @DisplayName("infinite numbers, and a table without rows")
  @ValueSource(strings = {"t.csv", "t.parquet"})
  void corners(String name) {
    Path file = folder.resolve(name);
    Table table =
        Table.create(
            "t",
            DoubleColumn.create("a", Double.POSITIVE_INFINITY, Double.NaN, 1),
            DoubleColumn.create("b", Double.NEGATIVE_INFINITY, 0, Double.POSITIVE_INFINITY));
    TableWriter.write(table, file.toString());
    Table read = name.endsWith("csv") ? Csv.read(file) : Parquet.read(file);
    for (String column : table.columnNames()) {
      assertThat(read.doubleColumn(column).asDoubleArray())
          .isEqualTo(table.doubleColumn(column).asDoubleArray());
    }
    TableWriter.write(table.emptyCopy(), file);
    Table none = name.endsWith("csv") ? Csv.read(file) : Parquet.read(file);
    assertThat(none.rowCount()).isZero();
    assertThat(none.columnNames()).containsExactly("a", "b");
  }

  @Test
  @DisplayName("Parquet below a folder called key=value: the folder adds and changes no column")
  void folderOfAKey() throws IOException {
    Path file = Files.createDirectories(folder.resolve("b=7/c=8")).resolve("t.parquet");
    Parquet.write(Table.create("t", DoubleColumn.create("b", 1, 2)), file);
    Table read = Parquet.read(file);
    assertThat(read.columnNames()).containsExactly("b");
    assertThat(read.doubleColumn("b").asDoubleArray()).containsExactly(1, 2);
  }

  @Test
  @DisplayName("a Parquet cell of more than 2 MB")
  void longText() {
    Path file = folder.resolve("t.parquet");
    String text = "é".repeat(1_500_000);
    Parquet.write(Table.create("t", StringColumn.create("a", "x", text, "y")), file);
    assertThat(Parquet.read(file).stringColumn("a").asList()).containsExactly("x", text, "y");
  }

  @Test
  @DisplayName("what DuckDB refuses is told in one line, without the cells")
  void refused() throws IOException {
    Path csv = Files.writeString(folder.resolve("t.csv"), "n\nsecret\n");
    assertThatThrownBy(
            () ->
                Parquet.convert(
                    csv, List.of(DoubleColumn.create("n")), 0, folder.resolve("t.parquet")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("DuckDB: ")
        .hasMessageNotContainingAny("secret", "\n");
  }

  @ParameterizedTest
  @DisplayName("rows one by one: whole at the end, the old file after any failure")
  @ValueSource(strings = {"t.csv", "t.parquet"})
  void rowByRow(String name) throws IOException {
    Table columns = Table.create("t", StringColumn.create("a"), DoubleColumn.create("b"));
    Path file = folder.resolve(name);
    List<String> steps;
    try (Faults none = Faults.none();
        TableWriter writer = TableWriter.begin(file, columns)) {
      writer.append("x", 0.1);
      writer.append(null, Double.NaN);
      assertThatThrownBy(() -> writer.append("x")).hasMessageContaining("cells has 1 entries");
      assertThat(file).doesNotExist();
      writer.finish();
      steps = none.steps();
    }
    Table read = name.endsWith("csv") ? Csv.read(file) : Parquet.read(file);
    assertThat(read.stringColumn("a").asList()).containsExactly("x", "");
    assertThat(read.doubleColumn("b").get(0)).isEqualTo(0.1);
    assertThat(read.column("b").isMissing(1)).isTrue();
    byte[] old = Files.readAllBytes(file);
    assertThat(steps).endsWith("MOVE " + name);
    for (int i = 0; i < steps.size(); i++) {
      try (Faults _ = Faults.at(i)) {
        assertThatThrownBy(() -> TableWriter.write(table(List.of(new Cells("new", 1))), file))
            .isInstanceOf(UncheckedIOException.class)
            .hasMessageStartingWith("cannot write " + file + ": " + file + ": ")
            .hasMessageEndingWith(Faults.MESSAGE);
      }
      assertThat(file).hasBinaryContent(old);
    }
    try (TableWriter givenUp = TableWriter.begin(file, columns)) {
      givenUp.append("y", 2);
    }
    assertThat(file).hasBinaryContent(old);
    try (var all = Files.list(folder)) {
      assertThat(all).containsExactly(file);
    }
  }

  @Test
  void anotherEndingIsRefused() {
    Path file = folder.resolve("t.xlsx");
    assertThatThrownBy(() -> TableWriter.write(table(List.of()), file))
        .hasMessage(file + ": the name must end in .csv or .parquet");
    assertThatThrownBy(() -> Csv.write(Table.create("t"), folder.resolve("t.csv")))
        .hasMessage("table 't' has no columns to write");
  }
}
