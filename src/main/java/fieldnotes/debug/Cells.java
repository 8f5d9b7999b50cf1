package fieldnotes.debug;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The cells by the paths that front ends know them by. A path has a hash of the cell's text, which
 * the front end computes, too; no file lies there.
 */
final class Cells {
  static final String HASH = "Murmur2";
  static final int SEED = 0x5eed_f1e1 & Integer.MAX_VALUE;
  static final String SUFFIX = ".java";

  private static final int M = 0x5bd1e995;

  private final String prefix =
      new File(
              System.getProperty("java.io.tmpdir"),
              "fieldnotes-cells-" + ProcessHandle.current().pid())
          + File.separator;
  private final Map<String, String> texts = new ConcurrentHashMap<>();

  String prefix() {
    return prefix;
  }

  /** Remembers a cell and returns its path. */
  String add(String code) {
    String path = path(code);
    texts.put(path, code);
    return path;
  }

  String path(String code) {
    return prefix
        + Integer.toUnsignedString(murmur2(code.getBytes(StandardCharsets.UTF_8), SEED))
        + SUFFIX;
  }

  /** The text of the cell at a path, or null. */
  String text(String path) {
    return texts.get(path);
  }

  /** The line of the cell, counted from 1, with code at or after this one; this one if none is. */
  int codeLine(String path, int line) {
    String text = texts.get(path);
    String[] lines = text == null ? new String[0] : text.split("\n", -1);
    for (int at = line; at >= 1 && at <= lines.length; at++) {
      String code = lines[at - 1].strip();
      if (!code.isEmpty() && !code.startsWith("//")) {
        return at;
      }
    }
    return line;
  }

  /** Whether the cell has this line, counted from 1; not known of a cell that was not dumped. */
  boolean hasLine(String path, int line) {
    String text = texts.get(path);
    return line >= 1 && (text == null || line <= text.split("\n", -1).length);
  }

  /**
   * The 32-bit hash MurmurHash2, as Jupyter's front ends compute it.
   *
   * @see "A. Appleby, MurmurHash2, 2008"
   */
  static int murmur2(byte[] data, int seed) {
    int h = seed ^ data.length;
    int i = 0;
    for (; data.length - i >= 4; i += 4) {
      int k =
          (data[i] & 0xff)
              | (data[i + 1] & 0xff) << 8
              | (data[i + 2] & 0xff) << 16
              | data[i + 3] << 24;
      k *= M;
      k ^= k >>> 24;
      h = h * M ^ k * M;
    }
    if (data.length > i) {
      for (int j = data.length - 1; j >= i; j--) {
        h ^= (data[j] & 0xff) << (8 * (j - i));
      }
      h *= M;
    }
    h ^= h >>> 13;
    h *= M;
    return h ^ h >>> 15;
  }
}
