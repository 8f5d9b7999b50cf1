package fieldnotes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.common.Quoted;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotedStreamTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1b 5b 33 31 6d | \\u001b[31m",
        "0d | \\r",
        "08 | \\b",
        "07 | \\u0007",
        "00 | \\u0000",
        "7f | \\u007f",
        "9b 33 31 6d | \\u009b31m",
        "202e 61 | \\u202ea",
        "2066 | \\u2066",
        "2028 | \\u2028",
        "200f | \\u200f",
        "61c | \\u061c",
        "feff | \\ufeff",
        "e0041 | \\udb40\\udc41",
        "d800 | \\ud800",
        "e9 4e2d 1f600 200d | é中😀\u200d",
      })
  @DisplayName("control characters, escapes and marks of direction are shown, letters stay")
  void quotes(String codes, String shown) {
    StringBuilder text = new StringBuilder();
    for (String code : codes.split(" ")) {
      text.appendCodePoint(Integer.parseInt(code, 16));
    }
    assertThat(Quoted.text(text)).isEqualTo(shown);
  }

  @Test
  @DisplayName("lines and tabs of a text stay, those of a name do not forge other lines")
  void lines() {
    assertThat(Quoted.text("a\n\tb")).isEqualTo("a\n\tb");
    assertThat(Quoted.line("a\n\tb\r\n")).isEqualTo("a\\n\\tb\\r\\n");
  }

  @Test
  @DisplayName("a stream quotes as a text is quoted, wherever its bytes are divided")
  void streamQuotesTheSame() {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c <= 0x110000; c += c < 0x3000 ? 1 : 97) {
      if (c <= 0x10ffff && (c < 0xd800 || c > 0xdfff)) {
        all.appendCodePoint(c);
      }
    }
    byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);
    Random random = new Random(3);
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    try (PrintStream stream = QuotedStream.to(to)) {
      int at = 0;
      while (at < bytes.length) {
        int count = Math.min(bytes.length - at, 1 + random.nextInt(7));
        stream.write(bytes, at, count);
        at += count;
      }
    }
    assertThat(to.toString(StandardCharsets.UTF_8)).isEqualTo(Quoted.text(all));
    assertThat(to.toString(StandardCharsets.UTF_8)).doesNotContain("\u001b", "\u009b", "\u202e");
  }

  @Test
  @DisplayName("bytes that are not UTF-8 do no harm and lose nothing after them")
  void brokenBytes() {
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    PrintStream stream = QuotedStream.to(to);
    for (byte[] broken :
        List.of(new byte[] {(byte) 0xc2, 'a'}, new byte[] {(byte) 0x9b, 'b', 27})) {
      stream.write(broken, 0, broken.length);
    }
    stream.print("\u001b");
    stream.flush();
    assertThat(to.toString(StandardCharsets.UTF_8)).matches("\uFFFDa\uFFFD+b\\\\u001b\\\\u001b");
  }

  @Test
  @DisplayName("the nearest known words are suggested, and none for a word like no other")
  void suggestions() {
    List<String> known = List.of("studio", "telephone", "samples", "housing");
    assertThat(Alike.suggestion("stduio", known)).isEqualTo("; did you mean studio?");
    assertThat(Alike.suggestion("telefone", known)).isEqualTo("; did you mean telephone?");
    assertThat(Alike.suggestion("violin", known)).isEmpty();
    assertThat(Alike.suggestion("ab", List.of("abc", "abd")))
        .isEqualTo("; did you mean abc or abd?");
  }
}
