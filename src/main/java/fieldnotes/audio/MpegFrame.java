package fieldnotes.audio;

/** What the four bytes before an MPEG layer III frame (MP3) say of it. */
final class MpegFrame {
  private static final int[] RATES = {44_100, 48_000, 32_000};

  private MpegFrame() {}

  /** Samples per MPEG layer III frame with this header; 0 if it is not one. */
  static int samples(int header) {
    boolean sync = (header & 0xFFE00000) == 0xFFE00000;
    boolean layer3 = (header >> 17 & 3) == 1;
    boolean rate = (header >> 10 & 3) != 3;
    boolean bits = (header >> 12 & 15) != 15;
    int version = header >> 19 & 3;
    return sync && layer3 && rate && bits && version != 1 ? (version == 3 ? 1152 : 576) : 0;
  }

  /** Bytes per MPEG layer III frame with this header; 0 if unknown. */
  static int bytes(int header) {
    int samples = samples(header);
    int index = header >> 12 & 15;
    if (samples == 0 || index == 0) {
      return 0;
    }
    int version = header >> 19 & 3;
    int[] kbits =
        version == 3
            ? new int[] {32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}
            : new int[] {8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
    int rate = RATES[header >> 10 & 3] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
    return samples / 8 * kbits[index - 1] * 1000 / rate + (header >> 9 & 1);
  }
}
