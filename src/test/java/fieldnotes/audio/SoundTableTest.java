package fieldnotes.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tables list sound files, and what they say of them. */
class SoundTableTest {
  @TempDir Path folder;
  private Path csv;

  @BeforeEach
  void file() throws IOException {
    csv = folder.resolve("t.csv");
    Files.writeString(folder.resolve("here.wav"), "");
  }

  private SoundTable read(String text) throws IOException {
    return SoundTable.read(Files.writeString(csv, text.replace('|', '\n')));
  }

  private boolean lists(String text) throws IOException {
    return SoundTable.lists(Files.writeString(csv, text.replace('|', '\n')));
  }

  @Test
  @DisplayName("the columns of ESC-50: category before target, fold is a group")
  void columns() throws IOException {
    SoundTable table =
        read(
            "filename,fold,target,Category,esc10,speaker|1-a.wav,1,0,dog,True,ann|2-b.wav,2,1,,,|");
    assertThat(table.labelled()).isTrue();
    assertThat(table.entries())
        .extracting(
            SoundTable.Entry::line,
            SoundTable.Entry::file,
            SoundTable.Entry::label,
            SoundTable.Entry::groups)
        .containsExactly(
            tuple(2L, "1-a.wav", "dog", Map.of("speaker", "ann", "fold", "1")),
            tuple(3L, "2-b.wav", "", Map.of("fold", "2")));
    assertThat(table.entries().getFirst().cells())
        .containsEntry("category", "dog")
        .containsEntry("esc10", "True")
        .hasSize(6);
    assertThat(SoundFiles.csv(Files.writeString(csv, "path,fold\nhere.wav,3\n")).items())
        .containsExactly(
            new SoundFiles.Item(folder.resolve("here.wav"), "here.wav", "", Map.of("fold", "3")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "path,label|a.wav,x|",
        "Filename;Kind;Class|a.wav;k;x|",
        "n\tfile\tcategory|1\ta.wav\tx|",
        "a.wav,x|",
        "a.wav;x|",
        "# made by hand, once|path;label|a.wav;x|",
        "path \u00a6 label|a.wav \u00a6 x|",
        "'path';'label, or none'|'a.wav';'x'|",
        "|path,label||a.wav,x|"
      })
  @DisplayName("comma, semicolon, tab or bar; comments; with a header or without")
  void dialects(String text) throws IOException {
    String csv = text.replace('\'', '"').replace('|', '\n').replace('\u00a6', '|');
    SoundTable table = SoundTable.read(Files.writeString(this.csv, csv));
    assertThat(table.entries()).extracting(SoundTable.Entry::file).containsExactly("a.wav");
    if (table.labelled()) {
      assertThat(table.entries()).extracting(SoundTable.Entry::label).containsExactly("x");
    }
    assertThat(SoundTable.lists(this.csv)).isTrue();
  }

  @Test
  void windowsText() throws IOException {
    Files.write(csv, "path,label\nGénève.wav,dés\n".getBytes(Charset.forName("windows-1252")));
    assertThat(SoundTable.lists(csv)).isTrue();
    assertThat(SoundTable.read(csv).entries().getFirst())
        .isEqualTo(
            new SoundTable.Entry(
                2, "Génève.wav", "dés", Map.of(), Map.of("path", "Génève.wav", "label", "dés")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "true ! path,seconds|a.wav,1:30|",
        "true ! file,start_s,end_s,label|a.wav,0,5,x|",
        "true ! name,x|here.wav,1|",
        "true ! file,chunk|a.wav,1|",
        "false ! name,x|gone.wav,1|",
        "false ! file,label,chunk,start_s,duration_s,rms_mean|a.wav,x,0,0,10,0.25|b.wav,x,0,0,9,|",
        "false ! file;chunk;rms_mean|a.wav;0;0,25|",
        "false ! a,audio|1,wav|2,'mp3,wav'|",
        "false ! a,b|1,2|",
        "false ! path|data/x.csv|",
      })
  @DisplayName("a list has names of sound files; measured features and other tables are none")
  void listsOrNot(boolean expected, String text) throws IOException {
    assertThat(lists(text.strip().replace('\'', '"'))).isEqualTo(expected);
  }

  @Test
  @DisplayName("of a long table the first megabyte decides, cut at a line, also after an accent")
  void head() throws IOException {
    assertThat(lists("é,path|" + "é\"é,a.wav|".repeat(200_000))).isTrue();
    assertThat(lists("é,b|" + "é,1|".repeat(300_000))).isFalse();
    assertThat(lists("")).isFalse();
  }

  @Test
  @DisplayName("two labels of one file are refused with both lines; the same label twice is not")
  void contradiction() throws IOException {
    assertThat(read("path,label|a.wav,x|b.wav,y|./a.wav,x|a.wav,|").entries()).hasSize(4);
    assertThatThrownBy(() -> read("path,label|a.wav,x|b.wav,y|./a.wav,z|"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            csv + ": ./a.wav has the label 'x' in line 2 and 'z' in line 4; keep one of them");
  }

  @Test
  @DisplayName("a quote that is never closed swallows nothing in silence")
  void openQuote() throws IOException {
    assertThatThrownBy(() -> read("path,label|a.wav,x|\"b.wav,y|c.wav,z|"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            csv
                + ": the quote opened in line 3 is never closed; close it, or give another quote by"
                + " --quote, in Java ListOptions.withQuote");
    assertThatThrownBy(() -> SoundTable.read(folder.resolve("no.csv")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no.csv cannot be read");
    assertThatThrownBy(() -> SoundTable.lists(folder.resolve("no.csv")))
        .hasMessageContaining("no.csv cannot be read");
    assertThat(List.of(SoundTable.read(Files.writeString(csv, "path\n")).entries()))
        .containsExactly(List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "path,label|a.wav,x| ! ''",
        "path;label|a.wav;x| ! ';' between cells",
        "# made by hand|path,label|a.wav,x| ! lines that begin with '#' skipped",
      },
      quoteCharacter = '"')
  @DisplayName("the guess of a list's form is said")
  void said(String text, String guess) throws IOException {
    List<String> said = new ArrayList<>();
    SoundTable.read(
        Files.writeString(csv, text.strip().replace('|', '\n')), ListOptions.of(), said);
    assertThat(String.join(", ", said)).isEqualTo(guess.equals("''") ? "" : guess);
  }

  @Test
  @DisplayName("the encoding and a first column taken for the paths are said")
  void saidToo() throws IOException {
    List<String> said = new ArrayList<>();
    Files.write(csv, "wo:was\ndés.wav:x\n".getBytes(Charset.forName("windows-1252")));
    SoundTable.read(csv, ListOptions.of(), said);
    assertThat(said).hasSize(2);
    assertThat(said.getFirst()).isEqualTo("the encoding windows-1252");
    assertThat(said.getLast())
        .startsWith("the paths in the first column, 'wo:was', as none is named [path, ")
        .contains("--separator");
    said.clear();
    ListOptions form = ListOptions.of().withSeparator(':').withEncoding("ISO-8859-15");
    assertThat(SoundTable.read(csv, form, said).entries().getFirst().file()).isEqualTo("dés.wav");
    assertThat(said).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "id,sound,class|1,a.wav,x|2,b.wav,y| ! the paths in the column 'sound', as none is named",
        "label;n;wav_name|x;1;a.wav|y;2;b.wav| ! the paths in the column 'wav_name', as none is",
        "x,a.wav|y,b.wav| ! no names of columns, the paths in column 2",
        "x,a.wav| ! no names of columns, the paths in column 2",
        "wav,note|a.wav,b.wav|b.wav,| ! the paths in the first column, 'wav', as none is named",
      })
  @DisplayName("without a known name the column with sound files has the paths, and it is said")
  void columnByContent(String text, String guess) throws IOException {
    List<String> said = new ArrayList<>();
    SoundTable table =
        SoundTable.read(
            Files.writeString(csv, text.strip().replace('|', '\n')), ListOptions.of(), said);
    assertThat(table.entries().getFirst().file()).isEqualTo("a.wav");
    assertThat(said.getLast()).startsWith(guess);
    if (!guess.contains("first")) {
      assertThat(table.entries()).extracting(SoundTable.Entry::label).startsWith("x");
    }
    assertThat(SoundTable.lists(csv)).isFalse(); // as none of the files is there
    Files.writeString(folder.resolve("a.wav"), "");
    assertThat(SoundTable.lists(csv)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Report, of 2024|by me||path,label|a.wav,x|",
        "// made by hand|path;label|a.wav;x|",
        "; made by hand|path,label|a.wav,x|",
        "! one|! two|label\tfile|x\ta.wav|"
      })
  @DisplayName("lines before the names of the columns are skipped, and it is said")
  void linesBefore(String text) throws IOException {
    List<String> said = new ArrayList<>();
    Files.writeString(csv, text.replace('|', '\n'));
    SoundTable table = SoundTable.read(csv, ListOptions.of(), said);
    assertThat(table.entries()).hasSize(1);
    assertThat(table.entries().getFirst().file()).isEqualTo("a.wav");
    assertThat(table.entries().getFirst().label()).isEqualTo("x");
    assertThat(said.getLast()).startsWith("the names of the columns in line ");
    assertThat(SoundTable.lists(csv)).isTrue();
    assertThat(read("name,kind|a.wav,file|b.wav,path|").entries()).hasSize(2);
  }

  @Test
  @DisplayName("blanks that a file has in its name stay; marks within and web pages")
  void odd() throws IOException {
    Files.writeString(folder.resolve(" lead.wav"), "");
    assertThat(read("path|\" lead.wav\"| here.wav|\uFEFFhere.wav|").entries())
        .extracting(SoundTable.Entry::file)
        .containsExactly(" lead.wav", "here.wav", "here.wav");
    for (String name : List.of("t.csv", "t.m3u")) {
      Path page = Files.writeString(folder.resolve(name), "<!DOCTYPE html><html>\n<body>\n");
      assertThatThrownBy(() -> SoundFiles.of(page))
          .hasMessage(page + " is a web page, not a list; get the list itself");
    }
  }

  @Test
  @DisplayName("separator, quote, comment sign and encoding can be given")
  void form() throws IOException {
    Files.write(csv, "path:label\n~ x\n'a:b.wav':\"\n".getBytes(StandardCharsets.UTF_16LE));
    ListOptions form =
        ListOptions.of()
            .withSeparator(':')
            .withQuote('\'')
            .withComment('~')
            .withEncoding("UTF-16LE");
    List<String> said = new ArrayList<>();
    assertThat(SoundTable.read(csv, form, said).entries())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("cells")
        .containsExactly(new SoundTable.Entry(3, "a:b.wav", "\"", Map.of(), Map.of()));
    assertThat(said).isEmpty();
    assertThat(SoundTable.lists(csv, form)).isTrue();
    Files.writeString(csv, "path,label\n#a.wav,x\n");
    assertThat(SoundTable.read(csv, ListOptions.of().withoutComments(), said).entries()).hasSize(1);
  }

  @Test
  @DisplayName("forms that cannot be are refused with what is allowed")
  void badForm() {
    ListOptions form = ListOptions.of();
    assertThatThrownBy(() -> form.withSeparator('x'))
        .hasMessageContaining("separator='x'")
        .hasMessageContaining("must not be a letter or digit");
    assertThatThrownBy(() -> form.withSeparator('\'').withQuote('\''))
        .hasMessageContaining("must differ from quote and comment");
    assertThatThrownBy(() -> form.withSeparator('\n')).hasMessageContaining("line end");
    for (String name : List.of("utf8x", "no name!")) {
      assertThatThrownBy(() -> form.withEncoding(name))
          .hasMessage(
              "encoding='%s': unknown; try UTF-8, UTF-16, windows-1252 or ISO-8859-1", name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  @DisplayName("a byte-order mark before the table costs nothing")
  void byteOrderMark(String charset) throws IOException {
    Files.writeString(csv, "\uFEFFpath;label\né.wav;dés\n", Charset.forName(charset));
    assertThat(SoundTable.lists(csv)).isTrue();
    assertThat(SoundTable.read(csv).entries())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("cells")
        .containsExactly(new SoundTable.Entry(2, "é.wav", "dés", Map.of(), Map.of()));
    // also where the encoding is given
    assertThat(
            SoundTable.read(csv, ListOptions.of().withEncoding(charset), new ArrayList<>())
                .entries())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("cells")
        .containsExactly(new SoundTable.Entry(2, "é.wav", "dés", Map.of(), Map.of()));
  }
}
