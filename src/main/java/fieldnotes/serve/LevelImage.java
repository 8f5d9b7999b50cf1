package fieldnotes.serve;

import fieldnotes.draw.ColorMap;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Levels as the pixels of an image, without axes. */
final class LevelImage {
  private static final double RANGE_DB = 80;
  private static final int COLOURS = 160;

  private LevelImage() {}

  /**
   * A PNG with a column for each frame and a row for each band, the lowest below.
   *
   * @param decibels −80 to 0, shape [frames][bands]
   */
  static byte[] png(double[][] decibels) {
    int width = decibels.length;
    int height = decibels[0].length;
    byte[] pixels = new byte[width * height];
    for (int t = 0; t < width; t++) {
      for (int band = 0; band < height; band++) {
        double share = 1 + decibels[t][band] / RANGE_DB;
        long colour = Math.clamp(Math.round(share * (COLOURS - 1)), 0, COLOURS - 1);
        pixels[(height - 1 - band) * width + t] = (byte) colour;
      }
    }
    WritableRaster raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(pixels, pixels.length), width, height, width, 1, new int[1], null);
    return png(new BufferedImage(palette(), raster, false, null));
  }

  private static IndexColorModel palette() {
    byte[] red = new byte[COLOURS];
    byte[] green = new byte[COLOURS];
    byte[] blue = new byte[COLOURS];
    for (int i = 0; i < COLOURS; i++) {
      Color colour = ColorMap.MAGMA.color((double) i / (COLOURS - 1));
      red[i] = (byte) colour.getRed();
      green[i] = (byte) colour.getGreen();
      blue[i] = (byte) colour.getBlue();
    }
    return new IndexColorModel(8, COLOURS, red, green, blue);
  }

  private static byte[] png(BufferedImage image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    try (MemoryCacheImageOutputStream to = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam quickly = writer.getDefaultWriteParam();
      quickly.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      quickly.setCompressionQuality(0.8f); // it never leaves this machine
      writer.setOutput(to);
      writer.write(null, new IIOImage(image, null, null), quickly);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // in memory
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }
}
