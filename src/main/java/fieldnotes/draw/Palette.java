package fieldnotes.draw;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Colour palette for a PNG with one byte per pixel. Images of at most {@value #MOST} colours keep
 * them all; otherwise similar colours are merged into {@value #MERGED} by median cut, without
 * dithering, which would enlarge the file. The background stays as it is. ImageIO and Java 2D do
 * not compute palettes.
 *
 * @param colours as 0xRRGGBB, sorted
 * @param pixels palette index of each pixel, row by row
 */
record Palette(int[] colours, byte[] pixels) {
  private static final int MOST = 256;
  private static final int MERGED = 160;

  /** The palette of an image; the colour of its background is kept. */
  static Palette of(BufferedImage image, Color background) {
    int paper = background.getRGB() & 0xffffff;
    int[] pixels = rgb(image);
    int[] colours = colours(pixels);
    if (colours.length > MOST) {
      merge(pixels, paper);
      colours = colours(pixels);
    }
    byte[] places = new byte[pixels.length];
    for (int i = 0; i < places.length; ) {
      int end = end(pixels, i);
      Arrays.fill(places, i, end, (byte) Arrays.binarySearch(colours, pixels[i]));
      i = end;
    }
    return new Palette(colours, places);
  }

  /** The pixels as 0xRRGGBB, row by row. */
  private static int[] rgb(BufferedImage image) {
    int width = image.getWidth();
    int[] pixels =
        image.getType() == BufferedImage.TYPE_INT_RGB // one by one takes a first chart long
            ? ((DataBufferInt) image.getRaster().getDataBuffer()).getData().clone()
            : image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] &= 0xffffff;
    }
    return pixels;
  }

  /** The distinct colours, sorted. */
  private static int[] colours(int[] pixels) {
    BitSet seen = new BitSet(1 << 24);
    for (int i = 0; i < pixels.length; i = end(pixels, i)) {
      seen.set(pixels[i]);
    }
    return seen.stream().toArray();
  }

  /** The end of the run of equal pixels that begins at a place; charts are mostly long runs. */
  private static int end(int[] pixels, int start) {
    int value = pixels[start];
    int end = start + 1;
    while (end < pixels.length && pixels[end] == value) {
      end++;
    }
    return end;
  }

  /** Merges the colours into at most {@value #MERGED} by median cut. */
  private static void merge(int[] pixels, int paper) {
    int[] counts = new int[1 << 18];
    for (int i = 0; i < pixels.length; ) {
      int end = end(pixels, i);
      counts[cell(pixels[i])] += pixels[i] == paper ? 0 : end - i;
      i = end;
    }
    int[] boxOf = new int[counts.length];
    int boxes = split(counts, boxOf);
    long[][] sums = new long[boxes][4];
    for (int i = 0; i < pixels.length; ) {
      int pixel = pixels[i];
      int end = end(pixels, i);
      if (pixel != paper) {
        long[] sum = sums[boxOf[cell(pixel)]];
        sum[0] += end - i;
        sum[1] += (long) (end - i) * (pixel >> 16 & 255);
        sum[2] += (long) (end - i) * (pixel >> 8 & 255);
        sum[3] += (long) (end - i) * (pixel & 255);
      }
      i = end;
    }
    for (int i = 0; i < pixels.length; ) {
      int end = end(pixels, i);
      if (pixels[i] != paper) { // keep the background
        long[] sum = sums[boxOf[cell(pixels[i])]];
        long half = sum[0] / 2;
        Arrays.fill(
            pixels,
            i,
            end,
            (int)
                ((((sum[1] + half) / sum[0]) << 16)
                    | (((sum[2] + half) / sum[0]) << 8)
                    | ((sum[3] + half) / sum[0])));
      }
      i = end;
    }
  }

  /** Numbers the boxes into which the cells are cut, one box for each; returns how many. */
  private static int split(int[] counts, int[] boxOf) {
    List<Box> boxes = new ArrayList<>();
    boxes.add(
        Box.of(IntStream.range(0, counts.length).filter(c -> counts[c] > 0).toArray(), counts));
    while (boxes.size() < MERGED) {
      int widest = -1;
      double most = 0;
      for (int b = 0; b < boxes.size(); b++) {
        if (boxes.get(b).size > most) {
          most = boxes.get(b).size;
          widest = b;
        }
      }
      if (widest < 0) {
        break;
      }
      Box box = boxes.remove(widest);
      int shift = box.axis;
      int[] sorted =
          Arrays.stream(box.cells)
              .boxed()
              .sorted(Comparator.comparingInt((Integer c) -> c >> shift & 63))
              .mapToInt(Integer::intValue)
              .toArray();
      int middle = (sorted[0] >> shift & 63) + (sorted[sorted.length - 1] >> shift & 63);
      int cut = 1;
      while (cut < sorted.length - 1 && 2 * (sorted[cut] >> shift & 63) <= middle) {
        cut++;
      }
      boxes.add(Box.of(Arrays.copyOf(sorted, cut), counts));
      boxes.add(Box.of(Arrays.copyOfRange(sorted, cut, sorted.length), counts));
    }
    for (int b = 0; b < boxes.size(); b++) {
      for (int c : boxes.get(b).cells) {
        boxOf[c] = b;
      }
    }
    return boxes.size();
  }

  /**
   * Cells of similar colours.
   *
   * @param axis the shift of the channel with the largest range
   * @param size that range times the root of the number of pixels
   */
  private record Box(int[] cells, int axis, double size) {
    static Box of(int[] cells, int[] counts) {
      int axis = widest(cells);
      long total = Arrays.stream(cells).mapToLong(c -> counts[c]).sum();
      return new Box(cells, axis, span(cells, axis) * Math.sqrt((double) total));
    }
  }

  /** Six bits of each of red, green and blue. */
  private static int cell(int pixel) {
    return (pixel >> 6 & 0x3f000) | (pixel >> 4 & 0xfc0) | (pixel >> 2 & 0x3f);
  }

  /** The shift of the channel with the largest range in a box. */
  private static int widest(int[] box) {
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
