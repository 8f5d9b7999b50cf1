package fieldnotes.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.Table;

class CsvTest {
  private static final CsvSchema SCHEMA =
      CsvSchema.of().withNumbers("a", "b").withText("c", "x", "y");

  @TempDir Path folder;

  @Test
  void columnsOfTheSchemaInItsOrder() {
    Table table = Csv.parse("t.csv", "c,spare,b,a\nx,?,2,1\ny,?,,-3.5e2\n", SCHEMA);
    assertThat(table.columnNames()).containsExactly("a", "b", "c");
    assertThat(table.doubleColumn("a").asDoubleArray()).containsExactly(1, -350);
    assertThat(table.column("b").isMissing(1)).isTrue();
    assertThat(table.stringColumn("c").asList()).containsExactly("x", "y");
  }

  @ParameterizedTest
  @DisplayName("line ends, a byte-order mark, blank lines, a missing last line end")
  @ValueSource(
      strings = {
        "a,b,c\n1,2,x\n3,4,y\n",
        "a,b,c\r\n1,2,x\r\n3,4,y\r\n",
        "a,b,c\r1,2,x\r3,4,y\r",
        "\uFEFFa,b,c\n1,2,x\n3,4,y",
        "a,b,c\n\n1,2,x\n\n3,4,y\n\n",
        "\"a\",\"b\",c\n\"1\",2,\"x\"\n3,4,y\n"
      })
  void otherForms(String text) throws IOException {
    Path file = folder.resolve("t.csv");
    Files.writeString(file, text);
    Table table = Csv.read(file, SCHEMA);
    assertThat(table.doubleColumn("b").asDoubleArray()).containsExactly(2, 4);
    assertThat(table.stringColumn("c").asList()).containsExactly("x", "y");
  }

  @Test
  void quotedCells() {
    Table table = Csv.parse("t.csv", "name,n\n\"say \"\"a, b\"\"\nand\",1\n\"\",2\n", null);
    assertThat(table.stringColumn("name").get(0)).isEqualTo("say \"a, b\"\nand");
    assertThat(table.column("name").isMissing(1)).isTrue();
    assertThat(table.doubleColumn("n").asDoubleArray()).containsExactly(1, 2);
  }

  @Test
  @DisplayName("which columns hold numbers may be said by their names")
  void byName() throws IOException {
    Path file = folder.resolve("t.csv");
    Files.writeString(file, "label , start_s\n1,2\n007,\n");
    Table table = Csv.read(file, name -> name.endsWith("_s"));
    assertThat(table.stringColumn("label").asList()).containsExactly("1", "007");
    assertThat(table.doubleColumn("start_s").get(0)).isEqualTo(2);
    assertThat(table.column("start_s").isMissing(1)).isTrue();
  }

  @Test
  @DisplayName("infinite numbers are numbers where the columns are not known")
  void infinite() {
    Table table = Csv.parse("t.csv", "a,b\nInfinity,Infinity\n-Infinity,x\n,1\n", null);
    assertThat(table.doubleColumn("a").asDoubleArray())
        .containsExactly(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN);
    assertThat(table.stringColumn("b").asList()).containsExactly("Infinity", "x", "1");
    assertThatThrownBy(() -> Csv.parse("t.csv", "a\n1e999\nInfinity\n", null))
        .hasMessageContaining("'1e999' is not a finite number");
  }

  @Test
  void aHeaderAloneIsATableWithoutRows() {
    Table table = Csv.parse("t.csv", "c,a,b\n", SCHEMA);
    assertThat(table.rowCount()).isZero();
    assertThat(table.columnNames()).containsExactly("a", "b", "c");
    assertThat(Csv.parse("t.csv", "x,y", null).columnNames()).containsExactly("x", "y");
  }

  @Test
  @DisplayName("a table does not tell 'a' from 'A'")
  void namesThatDifferInCase() {
    assertThat(Csv.parse("t.csv", "a,b,A\n1,2,3\n", null).columnNames())
        .containsExactly("a", "b", "A.1");
    assertThat(Csv.parse("t.csv", "a,b,c,A\n1,2,x,3\n", SCHEMA).doubleColumn("a").get(0))
        .isEqualTo(1);
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        Arguments.of("", "t.csv: is empty; its first line must name the columns [a, b, c]"),
        Arguments.of("a,c\n1,x\n", "t.csv: has no column 'b'; it has [a, c]"),
        Arguments.of("a,b,c,a\n1,2,x,4\n", "t.csv: has two columns 'a'; rename one"),
        Arguments.of(
            "a,b,c\n1,2,x\n1,two,y\n",
            "t.csv, row 1 (line 3), column 'b': 'two' is not a number; leave the cell empty if"
                + " the value is missing"),
        Arguments.of(
            "a,b,c\n1,NaN,x\n", "t.csv, row 0 (line 2), column 'b': 'NaN' is not a number"),
        Arguments.of("a,b,c\n1,1e999,x\n", "'1e999' is not a finite number"),
        Arguments.of("a,b,c\n1,-Infinity,x\n", "'-Infinity' is not a finite number"),
        Arguments.of("a,b,c\n1,1d,x\n", "'1d' is not a number"),
        Arguments.of(
            "a,b,c\n1,2,x\n\n3,4,moon\n",
            "t.csv, row 1 (line 4), column 'c': 'moon' must be one of [x, y]"),
        Arguments.of(
            "a,b,c\n1,2\n", "t.csv, row 0 (line 2): has 2 cells, but the header names 3 columns"),
        Arguments.of(
            "a,b,c\n1,2,\"x\n",
            "line 2 is never closed; close it, or give another quote by CsvOptions.withQuote"),
        Arguments.of(
            "a,b,c\n1,2,\"x\"y\n",
            "t.csv, line 2: Unexpected character after closing quote: 'y' (0x79); a quote in a"
                + " quoted cell must be doubled"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void whatIsWrongIsNamed(String text, String message) {
    assertThatThrownBy(() -> Csv.parse("t.csv", text, SCHEMA))
        .isInstanceOf(CsvException.class)
        .hasMessageContaining(message);
  }

  @Test
  @DisplayName("text that is not UTF-8 is read as Windows-1252")
  void notUtf8() throws IOException {
    Path file = folder.resolve("t.csv");
    Files.write(file, "a\n\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(Csv.read(file).stringColumn("a").get(0)).isEqualTo("\u00e9");
    assertThatThrownBy(() -> Csv.read(folder.resolve("none.csv")))
        .isInstanceOf(CsvException.class)
        .hasMessageContaining("none.csv: cannot be read");
  }
}
