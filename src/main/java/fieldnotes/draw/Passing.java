package fieldnotes.draw;

import java.awt.Color;
import java.awt.Composite;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.GraphicsConfiguration;
import java.awt.Image;
import java.awt.Paint;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.BufferedImageOp;
import java.awt.image.ImageObserver;
import java.awt.image.RenderedImage;
import java.awt.image.renderable.RenderableImage;
import java.text.AttributedCharacterIterator;
import java.util.Map;

/** Passes all drawing on to another graphics context, for {@link Canvas} to change some of it. */
abstract class Passing extends Graphics2D {
  final Graphics2D inner;

  Passing(Graphics2D inner) {
    this.inner = inner;
  }

  @Override
  public void translate(int x, int y) {
    inner.translate(x, y);
  }

  @Override
  public Color getColor() {
    return inner.getColor();
  }

  @Override
  public void setPaintMode() {
    inner.setPaintMode();
  }

  @Override
  public void setXORMode(Color c1) {
    inner.setXORMode(c1);
  }

  @Override
  public Font getFont() {
    return inner.getFont();
  }

  @Override
  public void setFont(Font font) {
    inner.setFont(font);
  }

  @Override
  public FontMetrics getFontMetrics(Font font) {
    return inner.getFontMetrics(font);
  }

  @Override
  public Rectangle getClipBounds() {
    return inner.getClipBounds();
  }

  @Override
  public void clipRect(int x, int y, int width, int height) {
    inner.clipRect(x, y, width, height);
  }

  @Override
  public void setClip(int x, int y, int width, int height) {
    inner.setClip(x, y, width, height);
  }

  @Override
  public Shape getClip() {
    return inner.getClip();
  }

  @Override
  public void setClip(Shape clip) {
    inner.setClip(clip);
  }

  @Override
  public void copyArea(int x, int y, int width, int height, int dx, int dy) {
    inner.copyArea(x, y, width, height, dx, dy);
  }

  @Override
  public void drawLine(int x1, int y1, int x2, int y2) {
    inner.drawLine(x1, y1, x2, y2);
  }

  @Override
  public void fillRect(int x, int y, int width, int height) {
    inner.fillRect(x, y, width, height);
  }

  @Override
  public void clearRect(int x, int y, int width, int height) {
    inner.clearRect(x, y, width, height);
  }

  @Override
  public void drawRoundRect(int x, int y, int width, int height, int arcWidth, int arcHeight) {
    inner.drawRoundRect(x, y, width, height, arcWidth, arcHeight);
  }

  @Override
  public void fillRoundRect(int x, int y, int width, int height, int arcWidth, int arcHeight) {
    inner.fillRoundRect(x, y, width, height, arcWidth, arcHeight);
  }

  @Override
  public void drawOval(int x, int y, int width, int height) {
    inner.drawOval(x, y, width, height);
  }

  @Override
  public void fillOval(int x, int y, int width, int height) {
    inner.fillOval(x, y, width, height);
  }

  @Override
  public void drawArc(int x, int y, int width, int height, int startAngle, int arcAngle) {
    inner.drawArc(x, y, width, height, startAngle, arcAngle);
  }

  @Override
  public void fillArc(int x, int y, int width, int height, int startAngle, int arcAngle) {
    inner.fillArc(x, y, width, height, startAngle, arcAngle);
  }

  @Override
  public void drawPolyline(int[] xs, int[] ys, int points) {
    inner.drawPolyline(xs, ys, points);
  }

  @Override
  public void drawPolygon(int[] xs, int[] ys, int points) {
    inner.drawPolygon(xs, ys, points);
  }

  @Override
  public void fillPolygon(int[] xs, int[] ys, int points) {
    inner.fillPolygon(xs, ys, points);
  }

  @Override
  public boolean drawImage(Image image, int x, int y, ImageObserver observer) {
    return inner.drawImage(image, x, y, observer);
  }

  @Override
  public boolean drawImage(
      Image image, int x, int y, int width, int height, ImageObserver observer) {
    return inner.drawImage(image, x, y, width, height, observer);
  }

  @Override
  public boolean drawImage(Image image, int x, int y, Color background, ImageObserver observer) {
    return inner.drawImage(image, x, y, background, observer);
  }

  @Override
  public boolean drawImage(
      Image image, int x, int y, int width, int height, Color background, ImageObserver observer) {
    return inner.drawImage(image, x, y, width, height, background, observer);
  }

  @Override
  public boolean drawImage(
      Image image,
      int dx1,
      int dy1,
      int dx2,
      int dy2,
      int sx1,
      int sy1,
      int sx2,
      int sy2,
      ImageObserver observer) {
    return inner.drawImage(image, dx1, dy1, dx2, dy2, sx1, sy1, sx2, sy2, observer);
  }

  @Override
  public boolean drawImage(
      Image image,
      int dx1,
      int dy1,
      int dx2,
      int dy2,
      int sx1,
      int sy1,
      int sx2,
      int sy2,
      Color background,
      ImageObserver observer) {
    return inner.drawImage(image, dx1, dy1, dx2, dy2, sx1, sy1, sx2, sy2, background, observer);
  }

  @Override
  public void dispose() {
    inner.dispose();
  }

  @Override
  public void draw(Shape shape) {
    inner.draw(shape);
  }

  @Override
  public boolean drawImage(Image image, AffineTransform transform, ImageObserver observer) {
    return inner.drawImage(image, transform, observer);
  }

  @Override
  public void drawImage(BufferedImage image, BufferedImageOp op, int x, int y) {
    inner.drawImage(image, op, x, y);
  }

  @Override
  public void drawRenderedImage(RenderedImage image, AffineTransform transform) {
    inner.drawRenderedImage(image, transform);
  }

  @Override
  public void drawRenderableImage(RenderableImage image, AffineTransform transform) {
    inner.drawRenderableImage(image, transform);
  }

  @Override
  public void drawString(AttributedCharacterIterator text, int x, int y) {
    inner.drawString(text, x, y);
  }

  @Override
  public void drawString(AttributedCharacterIterator text, float x, float y) {
    inner.drawString(text, x, y);
  }

  @Override
  public void drawGlyphVector(GlyphVector glyphs, float x, float y) {
    inner.drawGlyphVector(glyphs, x, y);
  }

  @Override
  public void fill(Shape shape) {
    inner.fill(shape);
  }

  @Override
  public boolean hit(Rectangle area, Shape shape, boolean onStroke) {
    return inner.hit(area, shape, onStroke);
  }

  @Override
  public GraphicsConfiguration getDeviceConfiguration() {
    return inner.getDeviceConfiguration();
  }

  @Override
  public void setComposite(Composite composite) {
    inner.setComposite(composite);
  }

  @Override
  public void setStroke(Stroke stroke) {
    inner.setStroke(stroke);
  }

  @Override
  public void setRenderingHint(RenderingHints.Key key, Object value) {
    inner.setRenderingHint(key, value);
  }

  @Override
  public Object getRenderingHint(RenderingHints.Key key) {
    return inner.getRenderingHint(key);
  }

  @Override
  public void setRenderingHints(Map<?, ?> hints) {
    inner.setRenderingHints(hints);
  }

  @Override
  public void addRenderingHints(Map<?, ?> hints) {
    inner.addRenderingHints(hints);
  }

  @Override
  public RenderingHints getRenderingHints() {
    return inner.getRenderingHints();
  }

  @Override
  public void translate(double x, double y) {
    inner.translate(x, y);
  }

  @Override
  public void rotate(double angle) {
    inner.rotate(angle);
  }

  @Override
  public void rotate(double angle, double x, double y) {
    inner.rotate(angle, x, y);
  }

  @Override
  public void scale(double x, double y) {
    inner.scale(x, y);
  }

  @Override
  public void shear(double x, double y) {
    inner.shear(x, y);
  }

  @Override
  public void transform(AffineTransform transform) {
    inner.transform(transform);
  }

  @Override
  public void setTransform(AffineTransform transform) {
    inner.setTransform(transform);
  }

  @Override
  public AffineTransform getTransform() {
    return inner.getTransform();
  }

  @Override
  public Paint getPaint() {
    return inner.getPaint();
  }

  @Override
  public Composite getComposite() {
    return inner.getComposite();
  }

  @Override
  public Color getBackground() {
    return inner.getBackground();
  }

  @Override
  public Stroke getStroke() {
    return inner.getStroke();
  }

  @Override
  public void clip(Shape shape) {
    inner.clip(shape);
  }

  @Override
  public FontRenderContext getFontRenderContext() {
    return inner.getFontRenderContext();
  }
}
