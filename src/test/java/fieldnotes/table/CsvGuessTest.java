package fieldnotes.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Issue 11, kind I: what is not a plain CSV file is read rightly, and it is said. */
class CsvGuessTest {
  @TempDir Path folder;

  private static CsvTable.Read read(String text, CsvOptions options) {
    return Csv.parse("t.csv", text.getBytes(StandardCharsets.UTF_8), options, null);
  }

  private static CsvTable.Read read(String text) {
    return read(text, CsvOptions.of());
  }

  private static double[] numbers(CsvTable.Read read, String column) {
    assertThat(read.table().column(column)).isInstanceOf(DoubleColumn.class);
    return read.table().doubleColumn(column).asDoubleArray();
  }

  private static List<String> texts(CsvTable.Read read, String column) {
    return read.table().stringColumn(column).asList();
  }

  static Stream<Arguments> separators() {
    return Stream.of(
        Arguments.of("a;b\n1;2.5\n3;4.5\n", "read with ';' between cells"),
        Arguments.of("a;b\n1;2,5\n3;4,5\n", "read with ';' between cells, a decimal comma in 'b'"),
        Arguments.of("a\tb\n1\t2.5\n3\t4.5\n", "read with a tab between cells"),
        Arguments.of(
            "a\tb\n1\t2,5\n3\t4,5\n", "read with a tab between cells, a decimal comma in 'b'"),
        Arguments.of("a|b\n1|2.5\n3|4.5\n", "read with '|' between cells"),
        Arguments.of("  a    b\n  1  2.5\n 3   4.5  \n", "read with blanks between cells"),
        Arguments.of("a^b\n1^2.5\n3^4.5\n", "read with '^' between cells"),
        Arguments.of("a~b\n1~2.5\n3~4.5\n", "read with '~' between cells"),
        Arguments.of("a:b\n1:2.5\n3:4.5\n", "read with ':' between cells"),
        Arguments.of("sep=;\na;b\n1;2.5\n3;4.5\n", "read with ';' between cells"),
        Arguments.of("'a','b'\n'1','2.5'\n'3','4.5'\n", "read with ''' around cells"),
        Arguments.of(
            "# by a logger, 2\n\na,b\n1,2.5\n3,4.5\n", "lines that begin with '#' skipped"),
        Arguments.of("a,b\n1,2.5\n# half time\n3,4.5\n", "lines that begin with '#' skipped"),
        Arguments.of("# a b\n1 2.5\n3 4.5\n", "blanks between cells"),
        Arguments.of("# made\n#a,b\n1,2.5\n3,4.5\n", "lines that begin with '#' skipped"),
        Arguments.of("a;b;\n1;2.5;\n3;4.5;\n", "read with ';' between cells"),
        Arguments.of("a,b\n1,\"2,5\"\n3,\"4,5\"\n", "read with a decimal comma in 'b'"),
        Arguments.of("\"a\";\"b\"\r\"1\";\"2,5\"\r\"3\";\"4,5\"\r", "';' between cells"));
  }

  @ParameterizedTest
  @MethodSource("separators")
  void theFormIsGuessedAndSaid(String text, String note) {
    CsvTable.Read read = read(text);
    assertThat(numbers(read, "a")).containsExactly(1, 3);
    assertThat(numbers(read, "b")).containsExactly(2.5, 4.5);
    assertThat(read.table().columnCount()).isEqualTo(2);
    assertThat(read.notes()).hasSize(1);
    assertThat(read.notes().getFirst()).startsWith("read with ").contains(note);
  }

  @ParameterizedTest
  @DisplayName("plain files are read as ever, and nothing is said")
  @ValueSource(
      strings = {
        "a,b\n1,2.5\n3,4.5\n",
        "a,b\r\n1,2.5\r\n3,4.5",
        "a,b\r1,2.5\r3,4.5\r",
        "a,b\n1,2.5,\n3,4.5,\n",
        "a,b,\n1,2.5,\n3,4.5,\n",
        "a, b\n\n1, 2.5\n3, 4.5\n",
        "\uFEFFa,b\n1,2.5\n3,4.5\n"
      })
  void plain(String text) {
    CsvTable.Read read = read(text);
    assertThat(numbers(read, "a")).containsExactly(1, 3);
    assertThat(numbers(read, "b")).containsExactly(2.5, 4.5);
    assertThat(read.notes()).isEmpty();
  }

  @Test
  @DisplayName("separators within text do not mislead")
  void text() {
    CsvTable.Read read = read("name,note\nAnn,\"x; y\"\n\"Bo\nand Cy\",p|q\n");
    assertThat(texts(read, "note")).containsExactly("x; y", "p|q");
    assertThat(texts(read, "name")).containsExactly("Ann", "Bo\nand Cy");
    assertThat(read.notes()).isEmpty();
    assertThat(texts(read("full name\nAnn Lee\nBo Ray\n"), "full name")).hasSize(2);
    assertThat(texts(read("Name, first\tCity\nLee, Ann\tRome\nRay, Bo\tOslo\n"), "Name, first"))
        .containsExactly("Lee, Ann", "Ray, Bo");
    assertThat(numbers(read("Temp, C;Hum, %\n1,5;2\n2,5;3\n"), "Temp, C"))
        .containsExactly(1.5, 2.5);
    assertThat(texts(read("who,what\nme,'tis\nyou,it's\n"), "what"))
        .containsExactly("'tis", "it's");
    assertThat(texts(read("who,what\nme,'so'\nyou,no\n"), "what")).containsExactly("'so'", "no");
    assertThat(texts(read("who,what\nme,'so, so'\nyou,no\n"), "what"))
        .containsExactly("so, so", "no");
  }

  @Test
  @DisplayName("columns below each other with single blanks in their cells")
  void gaps() {
    CsvTable.Read read = read("full name   v\nJohn Doe    1\nJane A Roe  2\n");
    assertThat(texts(read, "full name")).containsExactly("John Doe", "Jane A Roe");
    assertThat(numbers(read, "v")).containsExactly(1, 2);
    assertThat(read.notes()).containsExactly("read with two blanks or more between cells");
    assertThat(texts(read("h:mm\n12:30\n13:45\n"), "h:mm")).containsExactly("12:30", "13:45");
    assertThat(texts(read("to: do\nbuy: milk\nread: all\n"), "to: do")).hasSize(2);
  }

  @Test
  @DisplayName("a point that may part thousands is said; ids with a point or exponent stay text")
  void unsaid() {
    CsvTable.Read read = read("n;v\n1;1.234\n2;12.345\n3;7.500\n");
    assertThat(numbers(read, "v")).containsExactly(1.234, 12.345, 7.5);
    assertThat(read.notes())
        .containsExactly(
            "read with ';' between cells",
            "column 'v': '1.234' (line 2) read as it stands; if it is 1234, choose"
                + " CsvOptions.withThousands('.')");
    String text = "n;v\n1;1.234\n2;12.345\n";
    assertThat(numbers(read(text, CsvOptions.of().withThousands('.')), "v"))
        .containsExactly(1234, 12345);
    assertThat(read(text, CsvOptions.of().withDecimal('.')).notes()).hasSize(1);
    assertThat(read("n;v;w\n1;1.234;0.5\n2;12.345;1.5\n").notes()).hasSize(1);
    for (String form : List.of("%s.0", "%s.", "%se0", "%s.0E+00")) {
      read = read("id,v\n" + form.formatted("9007199254740993") + ",1\n");
      assertThat(read.table().column("id")).isInstanceOf(StringColumn.class);
      assertThat(read.notes().getFirst()).endsWith("has more digits than a number keeps");
    }
    read = read("id\n9.007199254740993e15\n9.007199254740992e15\n");
    assertThat(texts(read, "id")).containsExactly("9.007199254740993e15", "9.007199254740992e15");
    String floats = "x\n9007199254740992.0\n1.2345678901234567e+20\n1.0E300\n12345678901234567.5\n";
    read = read(floats + "1.23456789012345678901\n1.234567890123456789e+01\n0.12345678901234567\n");
    assertThat(numbers(read, "x")).hasSize(7).contains(1.2345678901234567e20);
    assertThat(read.notes()).isEmpty();
  }

  @Test
  @DisplayName("numbers with groups as in India are numbers, and it is said")
  void indian() {
    CsvTable.Read read = read("n,v\n1,\"1,23,456\"\n2,\"12,34,567.5\"\n3,\"1,234\"\n");
    assertThat(numbers(read, "v")).containsExactly(123_456, 1_234_567.5, 1234);
    assertThat(read.notes()).containsExactly("groups of thousands ('1,23,456' is 123456) in 'v'");
    assertThat(texts(read("n;v\n1;1,2,345\n"), "v")).containsExactly("1,2,345");
  }

  @ParameterizedTest
  @DisplayName("lines before the header are named as what they may be; a web page is no table")
  @ValueSource(
      strings = {
        "Report\nby Foo\n\na,b\n1,2\n3,4\n",
        "// by x\n// y\n\na,b\n1,2\n3,4\n",
        "; ini\n; more\n\na,b\n1,2\n3,4\n",
        "! c, d, e\n!\n\na,b\n1,2\n3,4\n"
      })
  void before(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(CsvException.class)
        .hasMessageContaining("lines before it, or skip them by CsvOptions.withComment");
    if (text.charAt(0) < 'A') {
      CsvOptions form = CsvOptions.of().withComment(text.charAt(0));
      assertThat(numbers(read(text, form), "b")).containsExactly(2, 4);
      assertThat(numbers(read(",x\nb\n2\n", form.withComment(',')), "b")).containsExactly(2);
    }
    for (String page : List.of("<!DOCTYPE html><html>", "\n<HTML lang=en>\n<a,b>")) {
      assertThatThrownBy(() -> read(page))
          .hasMessage("t.csv: is a web page, not a table; get the table itself");
    }
  }

  static Stream<Arguments> numberForms() {
    return Stream.of(
        Arguments.of("a;b\n1.234,56;x\n-7,5;y\n", new double[] {1234.56, -7.5}, "'1.234,56'"),
        Arguments.of("a;b\n1,234.56;x\n-7.5;y\n", new double[] {1234.56, -7.5}, "'1,234.56'"),
        Arguments.of("a,b\n\"1,234,567\",x\n12,y\n", new double[] {1234567, 12}, "thousands"),
        Arguments.of("a;b\n1.234.567;x\n12;y\n", new double[] {1234567, 12}, "thousands"),
        Arguments.of("a;b\n1\u00a0234,5;x\n12;y\n", new double[] {1234.5, 12}, "decimal comma"),
        Arguments.of("a;b\n1'234.5;x\n12;y\n", new double[] {1234.5, 12}, "thousands"),
        Arguments.of("a;b\n1,234;x\n5,678;y\n", new double[] {1.234, 5.678}, "decimal comma"),
        Arguments.of("a;b\n1.234;0,5\n12;1,5\n", new double[] {1234, 12}, "'1.234' is 1234"),
        Arguments.of("a\tb\n1,234\t0.5\n12\t1.5\n", new double[] {1234, 12}, "'1,234' is 1234"),
        Arguments.of("a,b\n12.5%,x\n3 %,y\n", new double[] {12.5, 3}, "percent signs dropped"),
        Arguments.of("a;b\n12,5 %;x\n3 %;y\n", new double[] {12.5, 3}, "percent signs dropped"),
        Arguments.of("a,b\n\u22125,x\n1e3,y\n", new double[] {-5, 1000}, ""),
        Arguments.of("a;b\n1,5E+3;x\n,5;y\n", new double[] {1500, 0.5}, "decimal comma"),
        Arguments.of("a\n1,5\n-2,25\n", new double[] {1.5, -2.25}, "decimal comma"),
        Arguments.of("a\n1.234,5\n2\n", new double[] {1234.5, 2}, "decimal comma"));
  }

  @ParameterizedTest
  @MethodSource("numberForms")
  void numbersAreReadAsWritten(String text, double[] values, String note) {
    CsvTable.Read read = read(text);
    assertThat(numbers(read, "a")).containsExactly(values);
    assertThat(String.join("\n", read.notes())).contains(note);
  }

  @Test
  @DisplayName("1,234 in tabs, with no other number to tell, is not guessed but said")
  void ambiguous() {
    String text = "a\tb\n1,234\tx\n5,678\ty\n";
    CsvTable.Read read = read(text);
    assertThat(texts(read, "a")).containsExactly("1,234", "5,678");
    assertThat(read.notes().getLast())
        .isEqualTo(
            "column 'a' is text: '1,234' (line 2) may be 1234 or 1.234; choose with"
                + " CsvOptions.withDecimal(',') or withThousands(',')");
    assertThat(numbers(read(text, CsvOptions.of().withDecimal(',')), "a"))
        .containsExactly(1.234, 5.678);
    assertThat(numbers(read(text, CsvOptions.of().withThousands(',')), "a"))
        .containsExactly(1234, 5678);
  }

  @Test
  @DisplayName("marks for missing values: na_markers.csv")
  void missing() {
    CsvTable.Read read =
        read(
            "a,b,c,d,e,f\n1,NA,null,?,-,x\n2,3.5,4,5,6,NA\n3,NaN,N/A,.,nan,y\n4,n.a.,#N/A,--,,z\n");
    double none = Double.NaN;
    assertThat(numbers(read, "a")).containsExactly(1, 2, 3, 4);
    assertThat(numbers(read, "b")).containsExactly(none, 3.5, none, none);
    assertThat(numbers(read, "c")).containsExactly(none, 4, none, none);
    assertThat(numbers(read, "d")).containsExactly(none, 5, none, none);
    assertThat(numbers(read, "e")).containsExactly(none, 6, none, none);
    assertThat(texts(read, "f")).containsExactly("x", "NA", "y", "z");
    assertThat(read.notes())
        .hasSize(4)
        .first()
        .isEqualTo(
            "column 'b': 'NA', 'NaN', 'n.a.' read as missing (3 cells, the first in line 2)");
    CsvTable.Read given = read("a,b\n-999,NA\n1,x\n", CsvOptions.of().withMissing("-999", "NA"));
    assertThat(numbers(given, "a")).containsExactly(none, 1);
    assertThat(given.table().column("b").isMissing(0)).isTrue();
    assertThat(given.notes()).isEmpty();
  }

  @Test
  @DisplayName("a column of marks only has no values")
  void onlyMarks() {
    CsvTable.Read read = read("a,b\n1,NA\n2,NA\n");
    assertThat(read.table().column("b").countMissing()).isEqualTo(2);
    assertThat(read.notes()).hasSize(1);
  }

  @Test
  @DisplayName("mixed_late.csv: nearly all numbers, and where the others are")
  void mixed() {
    String text = "a\n" + "1\n".repeat(5000) + "x\u001b[31m\n";
    CsvTable.Read read = read(text);
    assertThat(texts(read, "a")).hasSize(5001);
    assertThat(read.notes())
        .containsExactly(
            "column 'a' is text: 1 of 5,001 cells is no number: 'x\uFFFD[31m' (line 5002); to read"
                + " such cells as missing, name them in CsvOptions.withMissing");
    assertThat(read("a,b\n1,x\n2,y\n12A,z\n4,w\nb,v\nc,u\nd,t\n5,s\n").notes().getFirst())
        .startsWith("column 'a' is text: 4 of 8 cells are no number: '12A' (line 4), 'b' (line 6)");
    assertThat(read("a,b\nAnn,1\nBo,2\n3,3\n").notes()).isEmpty();
    assertThat(read("a,b\n12 kg,1\n5.5 kg,2\n").notes().getFirst())
        .startsWith("column 'a' is text: a sign or unit stands at each number: '12 kg' (line 2)");
    assertThat(read("d;v\n02.01.2024;1,5\n03.02.2024;2,5\n").notes())
        .containsExactly("read with ';' between cells, a decimal comma in 'v'");
  }

  @Test
  @DisplayName("huge_int.csv and ids with zeros keep their digits")
  void ids() {
    CsvTable.Read read =
        read(
            """
                id,n,zip
                9007199254740993,1,00123
                9007199254740992,2,45678
                12345678901234567891,3,1
                """);
    assertThat(texts(read, "id"))
        .containsExactly("9007199254740993", "9007199254740992", "12345678901234567891");
    assertThat(texts(read, "zip")).containsExactly("00123", "45678", "1");
    assertThat(numbers(read, "n")).containsExactly(1, 2, 3);
    assertThat(read.notes())
        .containsExactly(
            "column 'id' is text: '9007199254740993' (line 2) has more digits than a number keeps",
            "column 'zip' is text: '00123' (line 2) begins with zeros");
    assertThat(numbers(read("t\n10000000000000000\n9007199254740992\n"), "t"))
        .containsExactly(1e16, 9007199254740992.0);
    assertThat(numbers(read("t\n0\n0.5\n-0.25\n"), "t")).containsExactly(0, 0.5, -0.25);
    assertThat(texts(read("t\n1\n2\n", CsvOptions.of().withText("t")), "t"))
        .containsExactly("1", "2");
  }

  @Test
  @DisplayName("dates, truths and words stay text; too large a number is an error with its place")
  void others() {
    CsvTable.Read read = read("d,t,y\n1/2/2024,true,yes\n3/4/2024,false,no\n");
    assertThat(texts(read, "d")).containsExactly("1/2/2024", "3/4/2024");
    assertThat(texts(read, "t")).containsExactly("true", "false");
    assertThat(texts(read, "y")).containsExactly("yes", "no");
    assertThat(read.notes()).isEmpty();
    assertThatThrownBy(() -> read("a\n1\n1e400\n"))
        .hasMessageContaining("t.csv, row 1 (line 3), column 'a': '1e400' is not a finite number");
    assertThat(numbers(read("a\ninf\n-Inf\n1\n"), "a"))
        .containsExactly(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1);
  }

  @Test
  @DisplayName("a ragged row costs itself; its line is said")
  void ragged() {
    CsvTable.Read read = read("a,b\n1,2\n3\n4,5,6\n7,8\n9,10\n");
    assertThat(numbers(read, "a")).containsExactly(1, 7, 9);
    assertThat(read.notes())
        .containsExactly(
            "2 rows left out, as the header names 2 columns: line 3 has 1 cells, line 4 has 3"
                + " cells");
    assertThatThrownBy(() -> read("a,b\n1\n2\n3,4\n"))
        .hasMessageContaining("t.csv, line 2 has 1 cells, but the header names 2 columns")
        .hasMessageContaining("CsvOptions.withSeparator");
  }

  @Test
  void headers() {
    CsvTable.Read empty = read("a,,c\n1,2,3\n");
    assertThat(empty.table().columnNames()).containsExactly("a", "column 2", "c");
    assertThat(empty.notes()).containsExactly("column 2 has no name; it is 'column 2'");
    CsvTable.Read twice = read("a,b,a,A,a.1\n1,2,3,4,5\n");
    assertThat(twice.table().columnNames()).containsExactly("a", "b", "a.1", "A.2", "a.1.1");
    assertThat(twice.notes())
        .containsExactly(
            "another column is named 'a'; it is 'a.1'",
            "columns 'a' and 'A' differ only in case; the second is 'A.2'",
            "another column is named 'a.1'; it is 'a.1.1'");
    assertThat(read("a;b;c\n").table().columnNames()).containsExactly("a", "b", "c");
    assertThat(read("1,2\n3,4\n").notes().getFirst()).contains("CsvOptions.withoutHeader");
    CsvTable.Read none = read("1,2\n3,4\n", CsvOptions.of().withoutHeader());
    assertThat(numbers(none, "column 1")).containsExactly(1, 3);
    assertThat(none.notes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "windows-1252", "ISO-8859-1"})
  void encodings(String name) {
    String text = "h\u00f6he;ort\n1,5;Z\u00fcrich\n2,5;Gen\u00e8ve\n";
    CsvTable.Read read =
        Csv.parse("t.csv", text.getBytes(Charset.forName(name)), CsvOptions.of(), null);
    assertThat(numbers(read, "h\u00f6he")).containsExactly(1.5, 2.5);
    assertThat(texts(read, "ort")).containsExactly("Z\u00fcrich", "Gen\u00e8ve");
    assertThat(read.notes().getFirst())
        .contains("the encoding " + (name.startsWith("ISO") ? "windows-1252" : name));
    CsvTable.Read given =
        Csv.parse(
            "t.csv",
            text.getBytes(Charset.forName(name)),
            CsvOptions.of().withEncoding(name).withSeparator(';').withDecimal(','),
            null);
    assertThat(texts(given, "ort")).containsExactly("Z\u00fcrich", "Gen\u00e8ve");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void byteOrderMarks(String name) {
    byte[] bytes = "\uFEFFa,b\n1,\u00e9\n".getBytes(Charset.forName(name));
    CsvTable.Read read = Csv.parse("t.csv", bytes, CsvOptions.of(), null);
    assertThat(numbers(read, "a")).containsExactly(1);
    assertThat(texts(read, "b")).containsExactly("\u00e9");
  }

  @Test
  void notText() {
    byte[] bytes = new byte[200];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 37);
    }
    assertThatThrownBy(() -> Csv.parse("t.csv", bytes, CsvOptions.of(), null))
        .isInstanceOf(CsvException.class)
        .hasMessageStartingWith("t.csv: is not text; save the table as CSV");
  }

  @Test
  @DisplayName("what is guessed goes to the error stream, with the file's name")
  void said() throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), "a;b\n1;2,5\n");
    PrintStream before = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Table table;
    try {
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      table = Csv.read(file.toString());
      Csv.read(file.toString(), CsvOptions.of().withSeparator(';').withDecimal(','));
    } finally {
      System.setErr(before);
    }
    assertThat(table.doubleColumn("b").get(0)).isEqualTo(2.5);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("t.csv: read with ';' between cells, a decimal comma in 'b'");
  }

  @Test
  @DisplayName("one line that is not UTF-8 does not spoil the others; marks in front are dropped")
  void bytes() {
    byte[] text = "a,b\n\u00c3\u00a9,2\n\u00e9,3\n".getBytes(StandardCharsets.ISO_8859_1);
    CsvTable.Read read = Csv.parse("t.csv", text, CsvOptions.of(), null);
    assertThat(texts(read, "a")).containsExactly("é", "é");
    assertThat(read.notes())
        .containsExactly("read with the encoding windows-1252 in 1 line (3), UTF-8 in the others");
    assertThat(read("\uFEFF\uFEFFa,b\n1,2\n").table().columnNames()).containsExactly("a", "b");
  }

  @Test
  void badOptions() {
    assertThatThrownBy(() -> CsvOptions.of().withDecimal(';'))
        .hasMessage("decimal=';': must be '.' or ','");
    assertThatThrownBy(() -> CsvOptions.of().withDecimal(',').withThousands(','))
        .hasMessageContaining("must differ");
    assertThatThrownBy(() -> CsvOptions.of().withSeparator('x'))
        .hasMessageContaining("must not be a letter or digit");
    assertThatThrownBy(() -> CsvOptions.of().withEncoding("klingon"))
        .hasMessageContaining("encoding='klingon': unknown; try UTF-8");
  }
}
