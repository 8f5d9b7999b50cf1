package fieldnotes.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * Checks the pages of an Ogg stream while its bytes pass: their checksums, and whether one is
 * missing between two others. FFmpeg leaves out damaged pages without a word. Keeps the first
 * damage only, and no pages.
 *
 * @see "S. Pfeiffer, The Ogg Encapsulation Format Version 0, RFC 3533, 2003"
 */
final class OggPages {
  private static final int HEAD = 27;
  private static final int MAGIC = 0x4F676753; // OggS
  private static final int MOST_STREAMS = 256;
  private static final int[] CRC = new int[256];

  static {
    for (int i = 0; i < 256; i++) {
      int crc = i << 24;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc << 1 ^ (crc < 0 ? 0x04C11DB7 : 0);
      }
      CRC[i] = crc;
    }
  }

  /** The page of a stream that comes next, and whether sound came before it. */
  private record Next(int number, boolean sound) {}

  private final Map<Integer, Next> streams = new HashMap<>();

  /** Head and segment table of the page that passes. */
  private final byte[] head = new byte[HEAD + 255];

  private long position;
  private long pageAt;
  private int have;
  private int bodyLeft;
  private int crc;

  /** The last four bytes, while the next page is searched for behind what is none. */
  private int lastFour;

  private boolean searching;
  private boolean searched;
  private boolean done;
  private long damageAt = -1;
  private String damage = "";

  /**
   * Looks at bytes from index 0 on that stand at a position of the stream; those that have passed,
   * and those behind a gap, are left out.
   */
  void pass(ByteBuffer bytes, long at, int count) {
    if (at > position) {
      return;
    }
    for (long i = position - at; i < count && !done; i++) {
      byte b = bytes.get((int) i);
      if (searching) {
        search(b);
      } else {
        next(b);
      }
      position++;
    }
  }

  /** What is wrong before a position; empty if nothing is. */
  String before(long at) {
    return damageAt >= 0 && damageAt < at ? damage : "";
  }

  private void search(byte b) {
    lastFour = lastFour << 8 | (b & 0xFF);
    if (lastFour == MAGIC) {
      searching = false;
      searched = true;
      have = 0;
      crc = 0;
      for (int i = 24; i >= 0; i -= 8) {
        next((byte) (MAGIC >> i));
      }
      pageAt = position - 3;
    }
  }

  private void next(byte b) {
    if (have == 0) {
      pageAt = position;
      bodyLeft = 0;
    }
    boolean checksum = have >= 22 && have < 26;
    crc = CRC[crc >>> 24 ^ (checksum ? 0 : b & 0xFF)] ^ crc << 8;
    if (have < HEAD || have < HEAD + segments()) {
      head[have++] = b;
      bodyLeft += have > HEAD ? b & 0xFF : 0;
    } else {
      bodyLeft--;
    }
    if (have == 5 && (number(0) != Integer.reverseBytes(MAGIC) || head[4] != 0)) {
      done = pageAt == 0; // no Ogg stream
      searching = true;
      lastFour = 0;
    } else if (have >= HEAD && have == HEAD + segments() && bodyLeft == 0) {
      page();
      have = 0;
      crc = 0;
      searched = false;
    }
  }

  private int segments() {
    return head[26] & 0xFF;
  }

  /** The little-endian number at this place of the head. */
  private int number(int at) {
    return ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
  }

  /** A whole page has passed. */
  private void page() {
    int stream = number(14);
    int number = number(18);
    boolean first = (head[5] & 2) != 0;
    Next next = first ? null : streams.get(stream);
    if (crc != number(22)) {
      damaged("the checksum of an Ogg page is wrong");
    } else if (next != null && searched) {
      damaged("bytes that are no Ogg page stand between its pages");
    } else if (next != null && next.sound && number != next.number) {
      // A recording from the middle of a broadcast has a gap behind its headers.
      damaged(
          number - next.number > 0 ? "an Ogg page is missing" : "its Ogg pages are out of order");
    }
    if (streams.size() >= MOST_STREAMS) {
      streams.clear();
    }
    // The position in the sound, of which −1 says nothing.
    long samples = (long) number(10) << 32 | Integer.toUnsignedLong(number(6));
    boolean sound = samples > 0 || (next != null && next.sound);
    streams.put(stream, new Next(number + 1, sound));
  }

  private void damaged(String what) {
    damage = what;
    damageAt = pageAt;
    done = true;
  }
}
