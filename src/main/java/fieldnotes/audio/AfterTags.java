package fieldnotes.audio;

import fieldnotes.common.WaitingRead;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a stream behind the ID3 tags at its beginning, which may hold pictures of any size:
 * so what the sound is can be told from the first bytes. A tag says its length in its head.
 */
final class AfterTags {
  private static final int HEAD = 10;
  private static final int MOST_TAGS = 4;

  private final InputStream in;
  private final byte[] head = new byte[HEAD];
  private int headAt;
  private int headEnd;
  private boolean begun;

  AfterTags(InputStream in) {
    this.in = in;
  }

  /** Reads at most so many bytes, from index 0; −1 at the end. */
  int read(byte[] to, int most) throws IOException {
    if (!begun) {
      begun = true;
      skipTags(to);
    }
    if (headAt == headEnd) {
      return WaitingRead.some(in, to, 0, most);
    }
    int n = Math.min(most, headEnd - headAt);
    System.arraycopy(head, headAt, to, 0, n);
    headAt += n;
    return n;
  }

  private void skipTags(byte[] buffer) throws IOException {
    readHead();
    for (int i = 0; i < MOST_TAGS && length() >= 0; i++) {
      for (int left = length(), n = 0; left > 0 && n >= 0; left -= n) {
        n = WaitingRead.some(in, buffer, 0, Math.min(left, buffer.length));
      }
      readHead();
    }
  }

  private void readHead() throws IOException {
    headEnd = 0;
    for (int n = 0; headEnd < HEAD && n >= 0; headEnd += Math.max(0, n)) {
      n = WaitingRead.some(in, head, headEnd, HEAD - headEnd);
    }
  }

  /** Bytes of the tag behind its head; −1 if that is no head of a tag. */
  private int length() {
    boolean tag = headEnd == HEAD && head[0] == 'I' && head[1] == 'D' && head[2] == '3';
    tag &= head[3] != -1 && head[4] != -1;
    int length = 0;
    for (int i = 6; i < HEAD; i++) {
      tag &= head[i] >= 0; // seven bits in each
      length = length << 7 | head[i];
    }
    boolean footer = (head[5] & 0x10) != 0;
    return tag ? length + (footer ? HEAD : 0) : -1;
  }
}
