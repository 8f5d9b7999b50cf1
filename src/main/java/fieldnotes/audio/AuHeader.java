package fieldnotes.audio;

import fieldnotes.audio.FileChunk.Style;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Header of an AU file of Sun and NeXT, in either byte order, and as DEC wrote it.
 *
 * @see "The .au header of Sun, in audio_filehdr.h"
 */
final class AuHeader {
  private static final int HEAD = 24;
  private static final String SUN = ".snd";

  private AuHeader() {}

  static SoundHeader of(Path path, FileChannel channel, long from) throws IOException {
    ByteBuffer b = FileChunk.bytes(channel, from, HEAD);
    if (b.remaining() < HEAD) {
      throw new AudioException(path, "the AU file ends within its header; it is truncated");
    }
    String magic = FileChunk.text(b, 0, 4);
    ByteOrder order =
        magic.equals(SUN) || magic.equals(".sd\0") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    b.order(order);
    long offset = Integer.toUnsignedLong(b.getInt(4));
    long field = Integer.toUnsignedLong(b.getInt(8));
    int encoding = b.getInt(12);
    long rate = Integer.toUnsignedLong(b.getInt(16));
    long channels = Integer.toUnsignedLong(b.getInt(20));
    SoundHeader.check(path, channels, (double) rate);
    long body = from + Math.max(HEAD, offset);
    if (body > channel.size()) {
      throw new AudioException(
          path,
          "its header says that the samples begin at byte %d: the file has %s"
              .formatted(body, DataLength.bytes(channel.size())));
    }
    int width = width(encoding);
    boolean floating = encoding == 6 || encoding == 7;
    long frameBytes = channels * width;
    DataLength data =
        DataLength.ofFrames(
            field == 0xFFFFFFFFL ? -1 : field,
            channel.size() - body,
            frameBytes,
            n -> after(channel, body + n, n > 0));
    if (offset < HEAD) {
      data =
          new DataLength(
              data.bytes(),
              "its header contradicts itself: the samples begin at byte %d of it, and it has %d"
                  .formatted(offset, HEAD),
              "to read all that is behind it");
    }
    Pcm pcm = null;
    if (width > 0) {
      pcm =
          new Pcm(
              "au",
              floating,
              false,
              order,
              (int) channels,
              (int) rate,
              (int) frameBytes,
              body,
              data.bytes());
    }
    List<Patch> patches = new ArrayList<>();
    if (!magic.equals(SUN)) {
      patches.add(new Patch(from, SUN.getBytes(StandardCharsets.US_ASCII)));
      for (int at = 8; at < HEAD; at += 4) {
        patches.add(new Patch(from + at, Style.FORM.field(Integer.toUnsignedLong(b.getInt(at)))));
      }
    }
    if (offset < HEAD || !magic.equals(SUN)) {
      patches.add(new Patch(from + 4, Style.FORM.field(Math.max(HEAD, offset))));
    }
    if (data.bytes() != field) {
      patches.add(new Patch(from + 8, Style.FORM.field(data.bytes())));
    }
    long to = body + data.bytes(); // FFmpeg reads on to the end of the file
    return new SoundHeader(from, to, data, "", List.copyOf(patches), pcm, -1);
  }

  /** Bytes of a plain number; 0 for other encodings. */
  private static int width(int encoding) {
    return switch (encoding) {
      case 2 -> 1;
      case 3 -> 2;
      case 4 -> 3;
      case 5, 6 -> 4;
      case 7 -> 8;
      default -> 0;
    };
  }

  private static String after(FileChannel channel, long end, boolean padding) throws IOException {
    String next = FileChunk.text(FileChunk.bytes(channel, end, 4), 0, 4);
    return next.equals("\0ds.") || next.equals(".sd\0")
        ? "another file"
        : FileChunk.follows(channel, end, Style.FORM, padding);
  }
}
