package fieldnotes.plot;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
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
  private static final int MERGED = 160;

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

  /** The same picture in at most {@value #MERGED} colours, by cutting the cube of them in two. */
  static BufferedImage merged(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    int[] counts = new int[1 << 18];
    for (int pixel : pixels) {
      counts[cell(pixel)] += white(pixel) ? 0 : 1;
    }
    List<int[]> boxes = new ArrayList<>();
    boxes.add(IntStream.range(0, counts.length).filter(c -> counts[c] > 0).toArray());
    while (boxes.size() < MERGED) {
      int widest = -1;
      double most = 0;
      for (int b = 0; b < boxes.size(); b++) {
        double size =
            span(boxes.get(b), axis(boxes.get(b)))
                * Math.sqrt((double) total(boxes.get(b), counts));
        if (size > most) {
          most = size;
          widest = b;
        }
      }
      if (widest < 0) {
        break;
      }
      int[] box = boxes.remove(widest);
      int shift = axis(box);
      int[] sorted =
          Arrays.stream(box)
              .boxed()
              .sorted(Comparator.comparingInt((Integer c) -> c >> shift & 63))
              .mapToInt(Integer::intValue)
              .toArray();
      int middle = (sorted[0] >> shift & 63) + (sorted[sorted.length - 1] >> shift & 63);
      int cut = 1;
      while (cut < sorted.length - 1 && 2 * (sorted[cut] >> shift & 63) <= middle) {
        cut++;
      }
      boxes.add(Arrays.copyOf(sorted, cut));
      boxes.add(Arrays.copyOfRange(sorted, cut, sorted.length));
    }
    int[] boxOf = new int[counts.length];
    for (int b = 0; b < boxes.size(); b++) {
      for (int c : boxes.get(b)) {
        boxOf[c] = b;
      }
    }
    long[][] sums = new long[boxes.size()][4];
    for (int pixel : pixels) {
      if (white(pixel)) {
        continue;
      }
      long[] sum = sums[boxOf[cell(pixel)]];
      sum[0]++;
      sum[1] += pixel >> 16 & 255;
      sum[2] += pixel >> 8 & 255;
      sum[3] += pixel & 255;
    }
    for (int i = 0; i < pixels.length; i++) {
      if (white(pixels[i])) {
        continue; // paper stays paper
      }
      long[] sum = sums[boxOf[cell(pixels[i])]];
      long half = sum[0] / 2;
      pixels[i] =
          (int)
              ((((sum[1] + half) / sum[0]) << 16)
                  | (((sum[2] + half) / sum[0]) << 8)
                  | ((sum[3] + half) / sum[0]));
    }
    BufferedImage few = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    few.setRGB(0, 0, width, height, pixels, 0, width);
    return few;
  }

  private static boolean white(int pixel) {
    return (pixel & 0xffffff) == 0xffffff;
  }

  /** Six bits of each of red, green and blue. */
  private static int cell(int pixel) {
    return (pixel >> 6 & 0x3f000) | (pixel >> 4 & 0xfc0) | (pixel >> 2 & 0x3f);
  }

  private static long total(int[] box, int[] counts) {
    return Arrays.stream(box).mapToLong(c -> counts[c]).sum();
  }

  /** The shift of the colour in which a box is longest. */
  private static int axis(int[] box) {
    int axis = 12;
    for (int shift : new int[] {6, 0}) {
      if (span(box, shift) > span(box, axis)) {
        axis = shift;
      }
    }
    return axis;
  }

  private static int span(int[] box, int shift) {
    int low = 63;
    int high = 0;
    for (int c : box) {
      low = Math.min(low, c >> shift & 63);
      high = Math.max(high, c >> shift & 63);
    }
    return high - low;
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
