package fieldnotes.draw;

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Ellipse2D;
import java.util.ArrayList;
import java.util.List;

/** The legend of areas and crosses in a line above the area, off the points. */
record CloudLegend(List<Sign> signs) {
  /** An entry: a disc of a diameter, or a cross if it is NaN. */
  record Sign(String text, double diameter) {
    double size() {
      return Double.isNaN(diameter) ? 14 : diameter;
    }
  }

  /**
   * The legend of two areas and of crosses.
   *
   * @param label what the areas stand for
   */
  static CloudLegend of(String label, CloudSizes sizes, List<String> crosses) {
    List<Sign> signs = new ArrayList<>();
    for (double value : sizes.told()) {
      signs.add(new Sign(label + " " + Axis.text(value, value), sizes.ofValue(value)));
    }
    crosses.forEach(name -> signs.add(new Sign(name, Double.NaN)));
    return new CloudLegend(signs);
  }

  /** Its height above the area. */
  int height() {
    double tallest = signs.stream().mapToDouble(Sign::size).max().orElse(-8);
    return signs.isEmpty() ? 0 : (int) Math.ceil(Math.max(14, tallest)) + 8;
  }

  void paint(Graphics2D g, Rectangle area) {
    g.setFont(Style.font(12));
    FontMetrics metrics = g.getFontMetrics();
    double middle = area.y - height() / 2.0 - 2;
    double left = area.x + 4.0;
    int room = area.width / Math.max(1, signs.size()) - 30;
    for (Sign sign : signs) {
      double size = sign.size();
      if (Double.isNaN(sign.diameter())) {
        Cross.paint(g, left + size / 2, middle, 6);
      } else {
        g.setColor(Style.NOISE);
        g.fill(new Ellipse2D.Double(left, middle - size / 2, size, size));
      }
      String text = Texts.cut(metrics, sign.text(), (int) (room - size));
      g.setColor(Style.INK);
      g.drawString(text, (float) left + (float) size + 6, (float) middle + 4.5f);
      left += size + metrics.stringWidth(text) + 24;
    }
  }
}
