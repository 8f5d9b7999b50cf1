package fieldnotes.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * What the bytes of a file say of its length and completeness, apart from decoding it: whether it
 * is cut short, how many samples there should be, and, if it is no sound, what it looks like.
 *
 * @param frames the number of samples of each channel after decoding, or −1
 * @param complaint why the file is not whole; empty if nothing speaks against it
 * @param looksLike what a file that is no sound may be, with a colon before it; may be empty
 */
record FileEnd(long frames, String complaint, String looksLike) {
  static FileEnd of(Path path, FileChannel channel) throws IOException {
    ByteBuffer head = WavSource.bytes(channel, 0, 512);
    return new FileEnd(-1, "", looksLike(head));
  }

  /** Why the file is not whole, now that so many samples came out of it; empty if it is. */
  String complaint(long decoded, AudioInfo info) {
    if (!complaint.isEmpty()) {
      return complaint;
    }
    if (decoded == 0) {
      return "holds no samples";
    }
    if (info.exact() && decoded < info.frames()) {
      return "cut short: it should have %d samples, %d came out (to keep them: withTolerateDamage(true))"
          .formatted(info.frames(), decoded);
    }
    return "";
  }

  private static String looksLike(ByteBuffer head) {
    int printable = 0;
    int n = head.remaining();
    for (int i = 0; i < n; i++) {
      int b = head.get(i) & 0xFF;
      printable += (b >= 32 && b < 127) || b == '\n' || b == '\r' || b == '\t' ? 1 : 0;
    }
    return n > 0 && printable == n ? ": it looks like text" : "";
  }
}
