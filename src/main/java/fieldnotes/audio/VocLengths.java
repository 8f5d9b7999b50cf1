package fieldnotes.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.List;

/**
 * The length of the first block of samples of a VOC file, compared with the file. FFmpeg takes what
 * stands behind a length that is too small for other blocks.
 *
 * @see "Creative Voice File format 1.10 and 1.20, Creative Technology"
 */
final class VocLengths {
  private static final String MAGIC = "Creative Voice File\u001a";
  private static final int MOST_BLOCKS = 10_000;
  private static final int LARGEST = 0xFFFFFF;
  private static final int END = 0;
  private static final int OLD_SAMPLES = 1;
  private static final int NEW_SAMPLES = 9;

  /** SoX counts 4 bytes of the head of a new block of samples instead of 12. */
  private static final int SOX_LACKS = 8;

  private VocLengths() {}

  /** Type and length of a block, in the four bytes before its body. */
  private record Block(int type, long bytes) {
    static Block at(FileChannel channel, long at) throws IOException {
      ByteBuffer head = FileChunk.bytes(channel, at, 4);
      if (head.remaining() == 0 || head.get(0) == END) {
        return new Block(END, 0);
      }
      return head.remaining() < 4 ? new Block(-1, 0) : new Block(head.get(0), head.getInt(0) >>> 8);
    }

    boolean hasSamples() {
      return type == OLD_SAMPLES || type == NEW_SAMPLES;
    }
  }

  static SoundHeader of(FileChannel channel, ByteBuffer start) throws IOException {
    if (!FileChunk.text(start, 0, MAGIC.length()).equals(MAGIC)) {
      return SoundHeader.NONE;
    }
    long at = start.order(ByteOrder.LITTLE_ENDIAN).getShort(20);
    Block block = Block.at(channel, at);
    for (int i = 0; i < MOST_BLOCKS && !block.hasSamples(); i++) {
      if (block.type == END || block.type < 0 || block.type > NEW_SAMPLES) {
        return SoundHeader.NONE;
      }
      at += 4 + block.bytes;
      block = Block.at(channel, at);
    }
    int head = block.type == NEW_SAMPLES ? 12 : 2;
    ByteBuffer form = FileChunk.bytes(channel, at + 4, head);
    if (form.remaining() < head) {
      return SoundHeader.NONE;
    }
    int frame = head == 2 ? 1 : Math.max(1, form.get(4) / 8 * form.get(5));
    long body = at + 4 + head;
    long there = channel.size() - body;
    if (there > 0 && there % frame == 1 % frame && lastByte(channel) == END) {
      there--; // the end of the blocks
    }
    long declared = block.bytes == LARGEST ? -1 : block.bytes - head;
    if (head == 12 && !after(channel, body + declared, true).isEmpty()) {
      if (block.bytes + SOX_LACKS == there + head) {
        declared = there;
      } else if (after(channel, body + declared + SOX_LACKS, true).equals("another file")) {
        declared += SOX_LACKS;
      }
    }
    DataLength data =
        DataLength.of(Math.max(-1, declared), there, n -> after(channel, body + n, n > 0));
    if (data.bytes() + head == block.bytes || data.bytes() + head > LARGEST) {
      return SoundHeader.coded(0, data, List.of());
    }
    long field = data.bytes() + head;
    byte[] bytes = {(byte) field, (byte) (field >> 8), (byte) (field >> 16)};
    return SoundHeader.coded(0, data, List.of(new Patch(at + 1, bytes)));
  }

  private static int lastByte(FileChannel channel) throws IOException {
    return FileChunk.bytes(channel, channel.size() - 1, 1).get(0);
  }

  /** What is wrong with the rest of a file from where samples end; empty if it is blocks. */
  private static String after(FileChannel channel, long end, boolean padding) throws IOException {
    long at = end;
    for (int i = 0; i < MOST_BLOCKS && at < channel.size(); i++) {
      ByteBuffer rest = FileChunk.bytes(channel, at, MAGIC.length() + 1);
      if (FileChunk.text(rest, 0, MAGIC.length()).equals(MAGIC)
          || FileChunk.text(rest, 1, MAGIC.length()).equals(MAGIC)) {
        return "another file";
      }
      Block block = Block.at(channel, at);
      if (block.type == END) {
        boolean zeros = rest.remaining() <= MAGIC.length() && isZero(rest);
        return zeros && (padding || rest.remaining() == 1) ? "" : FileChunk.BYTES;
      }
      if (block.type < 0 || block.type > NEW_SAMPLES) {
        return FileChunk.BYTES;
      }
      at += 4 + block.bytes;
      if (at > channel.size()) {
        return FileChunk.BYTES;
      }
    }
    return "";
  }

  private static boolean isZero(ByteBuffer rest) {
    for (int i = 0; i < rest.limit(); i++) {
      if (rest.get(i) != 0) {
        return false;
      }
    }
    return true;
  }
}
