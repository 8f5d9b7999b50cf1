package fieldnotes.plot;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/** Writes PNG: the same pixels give the same bytes, and few colours give a small file. */
final class Png {
  private static final int PALETTE = 256;

  private Png() {}

  static byte[] encode(BufferedImage image, int scale) {
    BufferedImage small = indexed(image);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(0f);
      IIOMetadata metadata =
          writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(small), param);
      density(metadata, scale);
      writer.setOutput(out);
      writer.write(null, new IIOImage(small, null, metadata), param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** The density makes a viewer that honours it show the picture at its CSS size. */
  private static void density(IIOMetadata metadata, int scale) throws IIOInvalidTreeException {
    String format = "javax_imageio_png_1.0";
    IIOMetadataNode root = new IIOMetadataNode(format);
    IIOMetadataNode physical = new IIOMetadataNode("pHYs");
    String perMetre = Long.toString(Math.round(96 * scale / 0.0254));
    physical.setAttribute("pixelsPerUnitXAxis", perMetre);
    physical.setAttribute("pixelsPerUnitYAxis", perMetre);
    physical.setAttribute("unitSpecifier", "meter");
    root.appendChild(physical);
    metadata.mergeTree(format, root);
  }

  /** The same picture with a palette, where 256 colours are enough for it; else as it was. */
  private static BufferedImage indexed(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    int[] colours = Arrays.stream(pixels).parallel().distinct().limit(PALETTE + 1L).toArray();
    if (colours.length > PALETTE || image.getColorModel().hasAlpha()) {
      return image;
    }
    Arrays.sort(colours);
    byte[] red = new byte[colours.length];
    byte[] green = new byte[colours.length];
    byte[] blue = new byte[colours.length];
    for (int i = 0; i < colours.length; i++) {
      red[i] = (byte) (colours[i] >> 16);
      green[i] = (byte) (colours[i] >> 8);
      blue[i] = (byte) colours[i];
    }
    IndexColorModel palette = new IndexColorModel(8, colours.length, red, green, blue);
    BufferedImage small =
        new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, palette);
    byte[] row = new byte[width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        row[x] = (byte) Arrays.binarySearch(colours, pixels[y * width + x]);
      }
      small.getRaster().setDataElements(0, y, width, 1, row);
    }
    return small;
  }
}
