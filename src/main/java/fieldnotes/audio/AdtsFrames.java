package fieldnotes.audio;

import java.nio.ByteBuffer;

/**
 * Finds what is no frame between the frames of an AAC stream (ADTS) while its bytes pass; FFmpeg
 * leaves it out without a word. Keeps the first place only.
 *
 * @see "ISO/IEC 13818-7, Advanced Audio Coding (AAC), 6.2"
 */
final class AdtsFrames {
  private static final int HEAD = 6;
  private static final int ID3_HEAD = 10;

  private long position;

  /** The last bytes, as many as the head of a frame or of a tag has. */
  private final byte[] head = new byte[ID3_HEAD];

  private int have;
  private long skip;
  private int kind = -1;

  /** Where other bytes begin whose end is searched; −1 if there are none. */
  private long otherAt = -1;

  private boolean ended;
  private boolean done;
  private long damageAt = -1;

  /** Looks at bytes from index 0 on; see {@link OggPages#pass}. */
  void pass(ByteBuffer bytes, long at, int count) {
    if (at > position) {
      return;
    }
    long i = position - at;
    while (i < count && !done) {
      if (skip > 0) {
        long n = Math.min(skip, count - i);
        skip -= n;
        position += n;
        i += n;
        continue;
      }
      head[have++] = bytes.get((int) i);
      position++;
      i++;
      if (have >= HEAD) {
        look();
      }
    }
  }

  /** What is wrong before a position; empty if nothing is. */
  String before(long at) {
    return damageAt >= 0 && damageAt < at
        ? "bytes that are no AAC frame stand between its frames"
        : "";
  }

  private void look() {
    boolean frame =
        (head[0] & 0xFF) == 0xFF && (head[1] & 0xF6) == 0xF0 && length() > HEAD && known();
    if (frame) {
      if (otherAt >= 0 && ended) {
        damageAt = otherAt;
        done = true;
      }
      ended = otherAt >= 0; // by a frame, if another follows
      kind = kind();
      skip = (long) length() - HEAD;
      have = 0;
    } else if (otherAt < 0 && begins("ID3")) {
      if (have == ID3_HEAD) {
        skip =
            ((head[6] & 0x7FL) << 21)
                | ((head[7] & 0x7FL) << 14)
                | ((head[8] & 0x7FL) << 7)
                | (head[9] & 0x7FL);
        have = 0;
      }
    } else {
      boolean tag = otherAt < 0 && (begins("APE") || begins("TAG")); // they stand at the end
      done = kind < 0 || tag;
      otherAt = otherAt < 0 && head[0] != 0 ? position - have : otherAt;
      ended = false;
      have--;
      System.arraycopy(head, 1, head, 0, have);
    }
  }

  private boolean begins(String name) {
    return head[0] == name.charAt(0) && head[1] == name.charAt(1) && head[2] == name.charAt(2);
  }

  private int length() {
    return (head[3] & 3) << 11 | (head[4] & 0xFF) << 3 | (head[5] & 0xFF) >> 5;
  }

  /** Profile and sample rate. */
  private int kind() {
    return head[2] & 0xFC;
  }

  /** Whether it may be a frame: directly behind another, or behind other bytes if it is alike. */
  private boolean known() {
    return otherAt < 0 || kind() == kind;
  }
}
