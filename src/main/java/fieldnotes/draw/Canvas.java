package fieldnotes.draw;

import java.awt.Color;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.image.BufferedImage;

/**
 * What figures paint on. Texts are painted as the outlines of the letters in {@link Lettering},
 * which are the same on every machine, and at night the colours are those of {@link Night}.
 */
final class Canvas extends Passing {
  private final boolean night;

  Canvas(Graphics2D inner, boolean night) {
    super(inner);
    this.night = night;
  }

  /** Paints a figure on white or, at night, on {@link Night#PAPER}. */
  static BufferedImage image(Figure figure, double scale, boolean night) {
    BufferedImage image =
        new BufferedImage(
            Math.max(1, (int) Math.round(figure.width() * scale)),
            Math.max(1, (int) Math.round(figure.height() * scale)),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = new Canvas(image.createGraphics(), night);
    try {
      g.setColor(Color.WHITE);
      g.fillRect(0, 0, image.getWidth(), image.getHeight());
      g.setColor(Style.INK);
      Style.smooth(g);
      g.scale(scale, scale);
      figure.paint(g, figure.width(), figure.height());
    } finally {
      g.dispose();
    }
    return image;
  }

  boolean isNight() {
    return night;
  }

  private Color shown(Color color) {
    return night && color != null ? Night.of(color) : color;
  }

  @Override
  public Graphics create() {
    return new Canvas((Graphics2D) inner.create(), night);
  }

  @Override
  public void setColor(Color color) {
    inner.setColor(shown(color));
  }

  @Override
  public void setPaint(Paint paint) {
    inner.setPaint(paint instanceof Color color ? shown(color) : paint);
  }

  @Override
  public void setBackground(Color color) {
    inner.setBackground(shown(color));
  }

  @Override
  public void drawString(String text, int x, int y) {
    drawString(text, (float) x, (float) y);
  }

  @Override
  public void drawString(String text, float x, float y) {
    Shape letters = Lettering.outline(getFont(), text, x, y);
    if (letters == null) {
      inner.drawString(text, x, y);
    } else {
      inner.fill(letters);
    }
  }
}
