package fieldnotes.audio;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Tells frames from other bytes among the packets of an MP3 stream. FFmpeg puts bytes that are no
 * frame in front of the next frame, and may decode neither.
 */
final class MpegJunk {
  private static final int SYNC = 0xFFE00000;

  /** Sync word, version, layer and sample rate of a header. */
  private static final int SAME = 0xFFFE0C00;

  private static final String[] TAGS = {"ID3", "TAG", "APETAGEX", "LYRICSBEGIN"};

  private int last;
  private boolean tag;
  private boolean cut;

  /**
   * Looks at the next packet.
   *
   * @param packet big-endian
   * @return whether bytes that are neither tag nor padding stand before a frame of the stream and
   *     behind another
   */
  boolean isDamage(ByteBuffer packet) {
    int n = packet.remaining();
    int header = n < 4 ? 0 : packet.getInt(0);
    if (isFrame(packet)) {
      cut = MpegFrame.bytes(header) > 0 ? n < MpegFrame.bytes(header) : cut;
      if (MpegFrame.samples(header) > 0) {
        tag &= !alike(header); // what looks like a frame may be part of a tag
        last = header;
      }
      return false;
    }
    int from = 0;
    while (from < n && packet.get(from) == 0) {
      from++;
    }
    tag |= isTag(packet, from);
    return last != 0 && !tag && !wholeFrame(packet, from) && endsInFrame(packet, from);
  }

  /** Whether a packet begins with a frame. */
  static boolean isFrame(ByteBuffer packet) {
    return packet.remaining() >= 4 && (packet.getInt(0) & SYNC) == SYNC;
  }

  /** Whether the last frame ends beyond the file. */
  boolean cut() {
    return cut;
  }

  private boolean alike(int header) {
    return (header & SAME) == (last & SAME);
  }

  private boolean wholeFrame(ByteBuffer packet, int at) {
    int n = packet.remaining();
    return at + 4 <= n && alike(packet.getInt(at)) && MpegFrame.bytes(packet.getInt(at)) == n - at;
  }

  private boolean endsInFrame(ByteBuffer packet, int from) {
    for (int at = from + 1; at + 4 <= packet.remaining(); at++) {
      if (packet.get(at) == -1 && wholeFrame(packet, at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTag(ByteBuffer packet, int at) {
    byte[] head = new byte[Math.min(16, packet.remaining() - at)];
    packet.get(at, head);
    String text = new String(head, StandardCharsets.ISO_8859_1);
    for (String one : TAGS) {
      if (text.startsWith(one)) {
        return true;
      }
    }
    return false;
  }
}
