package fieldnotes.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fieldnotes.common.Sha256;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetteringTest {
  private static final Figure BARS =
      Bars.of("Größe ≤ 3 µm²", "∈ ℝ", List.of("αβγ", "Жук"), "m", new double[] {1, 2});

  private static Rectangle2D box(Font font, String text) {
    return Lettering.outline(font, text, 0, 0).getBounds2D();
  }

  @Test
  @DisplayName("H is 1,162 of 2,048 units wide and 1,490 high, 180 units from the left")
  void handWorked() {
    Rectangle2D box = box(Style.font(16), "H");
    assertThat(box.getX()).isEqualTo(180 * 16 / 2048.0);
    assertThat(box.getWidth()).isEqualTo(1162 * 16 / 2048.0);
    assertThat(box.getMinY()).isEqualTo(-1490 * 16 / 2048.0);
    assertThat(box.getMaxY()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName(
      "all digits, plus and minus are equally wide, so that numbers stand under each other")
  void digits(boolean bold) {
    Font font = bold ? Style.bold(32) : Style.font(32);
    double before = box(font, "0H").getMaxX();
    for (String sign : "123456789+−".split("")) {
      assertThat(box(font, sign + "H").getMaxX()).as(sign).isEqualTo(before, within(1e-9));
    }
  }

  @Test
  @DisplayName("a letter and its accent are one sign, written either way")
  void accents() {
    assertThat(box(Style.font(20), "u\u0308")).isEqualTo(box(Style.font(20), "ü"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "−±×≤≥≈≠∞√∑∏∫∂∆∇∈∉∝∀∃∪∩⊂⊆⇒⇔→←↑↓",
        "αβγδεζηθικλμνξπρςστυφχψωΩ",
        "…–—„“”‚‘’°²³₀₁₂ⁿ½",
        "ßÄÖÜéñçøåæœłőžğı",
        "абвгдежзийклмнопрстуфхцчшщъыьэюяё"
      })
  @DisplayName("the font has the signs of charts and the letters of Europe")
  void signs(String text) {
    for (boolean bold : new boolean[] {false, true}) {
      Font font = bold ? Style.bold(12) : Style.font(12);
      text.codePoints()
          .mapToObj(Character::toString)
          .forEach(sign -> assertThat(Lettering.outline(font, sign, 0, 0)).as(sign).isNotNull());
    }
  }

  @Test
  @DisplayName("a text with a sign that the font lacks, or in another font, is the system's")
  void others() {
    assertThat(Lettering.outline(Style.font(12), "件 1", 0, 0)).isNull();
    assertThat(Lettering.outline(new Font(Font.SERIF, Font.PLAIN, 12), "1", 0, 0)).isNull();
    Shape empty = Lettering.outline(Style.font(12), "", 0, 0);
    assertThat(empty.getBounds2D().isEmpty()).isTrue();
  }

  @Test
  @DisplayName("the pixels of a figure with text are the same on every machine")
  void sameEverywhere() {
    BufferedImage image = BARS.image(2);
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    ByteBuffer bytes = ByteBuffer.allocate(4 * pixels.length);
    bytes.asIntBuffer().put(pixels);
    assertThat(Sha256.of(bytes.array()))
        .isEqualTo("09c15bbb9acfd59c8a6504c87a20cf172f6faeaa8810a83935f95c774cb88a4b");
  }
}
