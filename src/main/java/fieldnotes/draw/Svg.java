package fieldnotes.draw;

import java.awt.Color;
import java.awt.Graphics2D;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jfree.svg.MeetOrSlice;
import org.jfree.svg.PreserveAspectRatio;
import org.jfree.svg.SVGGraphics2D;
import org.jfree.svg.SVGUtils;
import org.jfree.svg.ViewBox;

/**
 * SVG encoder using JFreeSVG: the same figure gives the same bytes.
 *
 * <p>XChart's VectorGraphics2D 0.13 is unsuitable: it omits the size of 12-pixel text, which
 * browsers then show at 16 pixels, and names clip paths by hash codes that differ between runs.
 */
final class Svg {
  /** Characters that XML 1.0 does not allow. */
  private static final Pattern ILLEGAL =
      Pattern.compile("[^\\t\\n\\r\\x20-\\x{d7ff}\\x{e000}-\\x{fffd}\\x{10000}-\\x{10ffff}]");

  private Svg() {}

  /**
   * Encodes the figure at its preferred size on white, with its title and text alternative, in
   * UTF-8.
   */
  static byte[] encode(Figure figure) {
    int width = figure.width();
    int height = figure.height();
    SVGGraphics2D g = new SVGGraphics2D(width, height);
    // Clip ids must differ between figures on one page.
    g.setDefsKeyPrefix("f" + Integer.toHexString(figure.title().hashCode()) + "-");
    g.setGeomDoubleConverter(v -> rounded(v, 1e3));
    g.setTransformDoubleConverter(v -> rounded(v, 1e6));
    Graphics2D canvas = new Canvas(g, false);
    canvas.setColor(Color.WHITE);
    canvas.fillRect(0, 0, width, height);
    canvas.setColor(Style.INK);
    Style.smooth(canvas);
    figure.paint(canvas, width, height);
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
            + "</title><desc>"
            + SVGUtils.escapeForXML(figure.alt())
            + "</desc>"
            + element.substring(head)
            + "\n";
    return ILLEGAL.matcher(file).replaceAll("\ufffd").getBytes(StandardCharsets.UTF_8);
  }

  private static String rounded(double value, double parts) {
    double number = Math.rint(value * parts) / parts;
    return number == (long) number ? Long.toString((long) number) : Double.toString(number);
  }
}
