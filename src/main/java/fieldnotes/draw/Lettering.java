package fieldnotes.draw;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Normalizer;

/**
 * The font of all figures, which comes with the product: Inter's letters with digits of equal width
 * and some signs of DejaVu Sans, under the SIL Open Font License; see {@code
 * chart-font-licence.txt}.
 *
 * <p>Letters are painted as outlines in whole units of the font, not by the system's rasteriser,
 * whose hints, versions and settings differ. Signs that the font lacks, such as Chinese ones, are
 * the system's.
 */
final class Lettering {
  /** Units of the font per em; at this size all outlines and widths are whole numbers. */
  private static final int UNITS = 2_048;

  private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);
  private static final Font REGULAR = load("chart-regular.ttf");
  private static final Font BOLD = load("chart-bold.ttf");
  private static final Font REGULAR_AND_OTHERS = withOthers(REGULAR);
  private static final Font BOLD_AND_OTHERS = withOthers(BOLD);

  private Lettering() {}

  static Font font(boolean bold, int size) {
    return (bold ? BOLD_AND_OTHERS : REGULAR_AND_OTHERS).deriveFont((float) size);
  }

  private static Font load(String name) {
    try (InputStream in = Lettering.class.getResourceAsStream(name)) {
      return Font.createFont(Font.TRUETYPE_FONT, in).deriveFont((float) UNITS);
    } catch (FontFormatException e) {
      throw new IllegalStateException("the font " + name + " of this program is damaged", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the font " + name + " of this program", e);
    }
  }

  /**
   * The font and the system's for the signs that it lacks, which Java joins only for Swing; where
   * the JVM does not export that, the font alone.
   */
  private static Font withOthers(Font font) {
    try {
      return (Font)
          Class.forName("sun.font.FontUtilities")
              .getMethod("getCompositeFontUIResource", Font.class)
              .invoke(null, font);
    } catch (ReflectiveOperationException | LinkageError e) {
      return font;
    }
  }

  /**
   * The outline of a text with its baseline at a point; null if it is in another font or has signs
   * that the font lacks.
   */
  static Shape outline(Font font, String text, double x, double y) {
    boolean bold = font.getFontName().equals(BOLD.getFontName());
    if (!bold && !font.getFontName().equals(REGULAR.getFontName())) {
      return null;
    }
    Font letters = bold ? BOLD : REGULAR;
    String whole = Normalizer.normalize(text, Normalizer.Form.NFC);
    if (letters.canDisplayUpTo(whole) >= 0) {
      return null;
    }
    AffineTransform place = AffineTransform.getTranslateInstance(x, y);
    place.scale(font.getSize2D() / UNITS, font.getSize2D() / UNITS);
    return place.createTransformedShape(letters.createGlyphVector(EXACT, whole).getOutline());
  }
}
