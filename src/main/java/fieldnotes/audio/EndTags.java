package fieldnotes.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * ID3v1 and APE tags at the end of a file, which FFmpeg takes for sound in some formats.
 *
 * @see "APEv2 specification, Hydrogenaudio Knowledgebase"
 */
final class EndTags {
  private static final int ID3_BYTES = 128;
  private static final int APE_FOOTER = 32;
  private static final String APE = "APETAGEX";

  private EndTags() {}

  /** Position where the tags at the end begin; the size of the file if there are none. */
  static long begin(FileChannel channel) throws IOException {
    long end = channel.size();
    if (isId3(channel, end)) {
      end -= ID3_BYTES;
    }
    long ape = apeBytes(channel, end);
    end -= ape;
    return ape > 0 && isId3(channel, end) ? end - ID3_BYTES : end;
  }

  private static boolean isId3(FileChannel channel, long end) throws IOException {
    return end > ID3_BYTES
        && FileChunk.text(FileChunk.bytes(channel, end - ID3_BYTES, 3), 0, 3).equals("TAG");
  }

  /** Length of an APE tag that ends here, 0 if there is none. */
  private static long apeBytes(FileChannel channel, long end) throws IOException {
    if (end <= APE_FOOTER) {
      return 0;
    }
    ByteBuffer footer = FileChunk.bytes(channel, end - APE_FOOTER, APE_FOOTER);
    if (!FileChunk.text(footer, 0, 8).equals(APE) || footer.remaining() < APE_FOOTER) {
      return 0;
    }
    boolean hasHeader = footer.getInt(20) < 0; // bit 31 of its flags
    long bytes = Integer.toUnsignedLong(footer.getInt(12)) + (hasHeader ? APE_FOOTER : 0);
    return bytes >= APE_FOOTER && bytes < end ? bytes : 0;
  }
}
