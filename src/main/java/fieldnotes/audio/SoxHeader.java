package fieldnotes.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * Header of a file in SoX's own format, in either byte order: integers of 32 bits.
 *
 * @see "soxformat(7), SoX native format"
 */
final class SoxHeader {
  private static final int HEAD = 32;
  private static final int WIDTH = 4;

  private SoxHeader() {}

  static SoundHeader of(Path path, FileChannel channel) throws IOException {
    ByteBuffer b = FileChunk.bytes(channel, 0, HEAD);
    if (b.remaining() < HEAD) {
      throw new AudioException(path, "the SoX file ends within its header; it is truncated");
    }
    boolean little = FileChunk.text(b, 0, 4).equals(".SoX");
    b.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long body = 4 + Integer.toUnsignedLong(b.getInt(4));
    long samples = b.getLong(8);
    double rate = b.getDouble(16);
    long channels = Integer.toUnsignedLong(b.getInt(24));
    SoundHeader.check(path, channels, rate);
    if (body < HEAD || body > channel.size()) {
      throw new AudioException(
          path,
          "its header says that the samples begin at byte %d: allowed are %d to %d"
              .formatted(body, HEAD, channel.size()));
    }
    long declared = samples < 0 || samples > Long.MAX_VALUE / WIDTH ? -1 : WIDTH * samples;
    int frameBytes = (int) channels * WIDTH;
    DataLength data =
        DataLength.ofFrames(
            declared, channel.size() - body, frameBytes, n -> after(channel, body + n));
    Pcm pcm =
        new Pcm(
            "sox",
            false,
            false,
            b.order(),
            (int) channels,
            (int) rate,
            frameBytes,
            body,
            data.bytes());
    return new SoundHeader(0, Long.MAX_VALUE, data, "", List.of(), pcm, -1);
  }

  private static String after(FileChannel channel, long end) throws IOException {
    if (end >= channel.size()) {
      return "";
    }
    return switch (FileChunk.text(FileChunk.bytes(channel, end, 4), 0, 4)) {
      case ".SoX", "XoS." -> "another file";
      default -> FileChunk.BYTES;
    };
  }
}
