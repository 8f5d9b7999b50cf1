package fieldnotes.audio;

import java.io.IOException;

/**
 * How many bytes of samples a file has: its length field, compared with the file.
 *
 * @param bytes bytes of samples to read
 * @param complaint why the field and the file do not agree, or empty
 * @param remedy what reading in spite of the complaint means
 */
record DataLength(long bytes, String complaint, String remedy) {
  private static final long WRAP = 1L << 32;

  /** What follows the samples if they have this number of bytes; empty if nothing is wrong. */
  interface Rest {
    String after(long bytes) throws IOException;
  }

  /**
   * Compares a length with the file.
   *
   * <p>A length of 0 in front of samples, the largest value, and the values near 2 and 4 GiB that
   * programs write when they cannot come back to the header mean "to the end of the file". A length
   * that was written modulo 4 GiB is completed.
   *
   * @param declared the length, or −1 if it says that it is not known
   * @param there bytes from the beginning of the samples to the end of the file
   */
  static DataLength of(long declared, long there, Rest rest) throws IOException {
    boolean unknown = declared < 0 || (isMarker(declared) && declared > there);
    if (unknown || declared == there) {
      return whole(there);
    }
    if (declared > there) {
      return new DataLength(
          there,
          "truncated: its header says %s of samples, the file has %s of them"
              .formatted(bytes(declared), there),
          "to read what is there");
    }
    String follows = rest.after(declared);
    if (follows.isEmpty()) {
      return whole(declared);
    }
    if (declared == 0 || isMarker(declared)) {
      return whole(there); // a header that was never finished
    }
    for (long bytes = declared + WRAP; bytes <= there; bytes += WRAP) {
      if (rest.after(bytes).isEmpty()) {
        return whole(bytes);
      }
    }
    boolean other = !follows.equals(FileChunk.BYTES);
    return new DataLength(
        other ? declared : there,
        "its header says %s of samples, the file has %s: %s"
            .formatted(
                bytes(declared),
                there,
                other
                    ? "after them comes " + follows + "; split it there"
                    : "the header was not finished, or something was appended"),
        other ? "to read the first part" : "to read all as samples");
  }

  /**
   * As {@link #of}, of frames: one byte less than whole frames, where the file ends with the byte
   * that is lacking, means all of them.
   */
  static DataLength ofFrames(long declared, long there, long frameBytes, Rest rest)
      throws IOException {
    boolean lacks = frameBytes > 1 && (declared + 1) % frameBytes == 0 && declared + 1 == there;
    return of(lacks ? declared + 1 : declared, there, rest);
  }

  private static DataLength whole(long bytes) {
    return new DataLength(bytes, "", "");
  }

  /** Whether programs write this 32-bit length when they do not know it. */
  private static boolean isMarker(long length) {
    return (length >= 0x7FFF0000L && length <= 0x80000100L)
        || (length >= 0xFFFF0000L && length <= 0xFFFFFFFFL);
  }

  /** A number of bytes, in words. */
  static String bytes(long n) {
    return n == 1 ? "1 byte" : n + " bytes";
  }
}
