package fieldnotes.draw;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes PNG: the same pixels give the same bytes, and few colours give a small file. */
final class Png {
  private static final int PALETTE = 256;
  private static final int MERGED = 160;

  private Png() {}

  static byte[] encode(BufferedImage image, int scale) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    int[] colours = colours(pixels);
    if (colours.length > PALETTE) {
      pixels = merged(image).getRGB(0, 0, width, height, null, 0, width);
      colours = colours(pixels);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    // Eight bits a pixel, with a palette.
    ByteBuffer head = ByteBuffer.allocate(13).putInt(width).putInt(height);
    chunk(out, "IHDR", head.put(new byte[] {8, 3, 0, 0, 0}).array());
    // The density makes a viewer that honours it show the picture at its CSS size.
    int perMetre = (int) Math.round(96 * scale / 0.0254);
    chunk(
        out,
        "pHYs",
        ByteBuffer.allocate(9).putInt(perMetre).putInt(perMetre).put((byte) 1).array());
    byte[] palette = new byte[3 * colours.length];
    for (int i = 0; i < palette.length; i++) {
      palette[i] = (byte) (colours[i / 3] >> (16 - 8 * (i % 3)));
    }
    chunk(out, "PLTE", palette);
    chunk(out, "IDAT", packed(pixels, colours, width, height));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  /** The pixels' places in the palette. Rows are not filtered: charts pack better as they are. */
  private static byte[] packed(int[] pixels, int[] colours, int width, int height) {
    byte[] rows = new byte[height * (width + 1)];
    for (int y = 0, at = 0; y < height; y++) {
      at++;
      for (int x = 0; x < width; x++) {
        rows[at++] = (byte) Arrays.binarySearch(colours, pixels[y * width + x] & 0xffffff);
      }
    }
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try {
      deflater.setInput(rows);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[1 << 14];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    byte[] body = Arrays.copyOf(type.getBytes(StandardCharsets.US_ASCII), 4 + data.length);
    System.arraycopy(data, 0, body, 4, data.length);
    CRC32 crc = new CRC32();
    crc.update(body);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(body);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  /** The colours that there are, sorted. */
  private static int[] colours(int[] pixels) {
    return Arrays.stream(pixels).map(p -> p & 0xffffff).distinct().sorted().toArray();
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
}
