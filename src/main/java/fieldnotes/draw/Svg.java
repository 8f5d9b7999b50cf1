package fieldnotes.draw;

import java.awt.Color;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jfree.svg.MeetOrSlice;
import org.jfree.svg.PreserveAspectRatio;
import org.jfree.svg.SVGGraphics2D;
import org.jfree.svg.SVGUtils;
import org.jfree.svg.StandardFontFunction;
import org.jfree.svg.ViewBox;

/**
 * Writes SVG files with JFreeSVG: the same figure gives the same bytes.
 *
 * <p>VectorGraphics2D 0.13, which XChart can use, was tried, too: it leaves out the size of 12
 * pixel text, which a browser then shows at 16 pixels, and names clips by hash codes that differ
 * from run to run.
 */
final class Svg {
  /** What XML 1.0 does not allow. */
  private static final Pattern ILLEGAL =
      Pattern.compile("[^\\t\\n\\r\\x20-\\x{d7ff}\\x{e000}-\\x{fffd}\\x{10000}-\\x{10ffff}]");

  private static final StandardFontFunction FAMILIES = new StandardFontFunction();

  private Svg() {}

  /** The figure at its own size on white, with its title as the title of the file, in UTF-8. */
  static byte[] encode(Figure figure) {
    int width = figure.width();
    int height = figure.height();
    SVGGraphics2D g = new SVGGraphics2D(width, height);
    // Two figures on one page must not share the names of their clips.
    g.setDefsKeyPrefix("f" + Integer.toHexString(figure.title().hashCode()) + "-");
    g.setGeomDoubleConverter(v -> rounded(v, 1e3));
    g.setTransformDoubleConverter(v -> rounded(v, 1e6));
    g.setFontFunction(Svg::family);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, width, height);
    g.setColor(Style.INK);
    Style.smooth(g);
    figure.paint(g, width, height);
    String element =
        g.getSVGElement(
            null,
            true,
            new ViewBox(0, 0, width, height),
            PreserveAspectRatio.XMID_YMID,
            MeetOrSlice.MEET);
    int head = element.indexOf('>') + 1;
    String file =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + element.substring(0, head)
            + "<title>"
            + SVGUtils.escapeForXML(figure.title())
            + "</title>"
            + element.substring(head)
            + "\n";
    return ILLEGAL.matcher(file).replaceAll("\ufffd").getBytes(StandardCharsets.UTF_8);
  }

  /** Where the house font is missing, Verdana has letters of the same width. */
  private static String family(String family) {
    String name = FAMILIES.apply(family);
    return family.equals(Style.FAMILY) ? name + ", Verdana, sans-serif" : name;
  }

  private static String rounded(double value, double parts) {
    double number = Math.rint(value * parts) / parts;
    return number == (long) number ? Long.toString((long) number) : Double.toString(number);
  }
}
