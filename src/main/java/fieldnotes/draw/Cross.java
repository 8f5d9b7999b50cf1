package fieldnotes.draw;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;

/** A black cross with a white edge, which stands out on any colours. */
final class Cross {
  private Cross() {}

  static void paint(Graphics2D g, double x, double y, double arm) {
    g.setStroke(new BasicStroke(4.5f));
    g.setColor(Color.WHITE);
    draw(g, x, y, arm + 1);
    g.setStroke(new BasicStroke(2.4f));
    g.setColor(Color.BLACK);
    draw(g, x, y, arm);
    g.setStroke(new BasicStroke(1f));
  }

  private static void draw(Graphics2D g, double x, double y, double arm) {
    g.draw(new Line2D.Double(x - arm, y - arm, x + arm, y + arm));
    g.draw(new Line2D.Double(x - arm, y + arm, x + arm, y - arm));
  }
}
