package fieldnotes.audio;

import fieldnotes.audio.FileChunk.Style;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Header of a CAF file. The table of packets (pakt) of a compressed one may stand behind the
 * samples, and is none of them.
 *
 * @see "Apple Core Audio Format Specification 1.0"
 */
final class CafHeader {
  private static final int MOST_CHUNKS = 10_000;

  /** Bytes of the edit count in front of the samples. */
  private static final int EDITS = 4;

  /** The table of packets is looked for in this number of bytes at the end. */
  private static final int TABLE_BYTES = 1 << 20;

  private final Path path;
  private final FileChannel channel;
  private final long from;
  private ByteBuffer description;
  private String codec = "";
  private long validFrames = -1;

  private CafHeader(Path path, FileChannel channel, long from) {
    this.path = path;
    this.channel = channel;
    this.from = from;
  }

  static SoundHeader of(Path path, FileChannel channel, long from) throws IOException {
    return new CafHeader(path, channel, from).chunks();
  }

  private SoundHeader chunks() throws IOException {
    long at = from + 8;
    for (int i = 0; i < MOST_CHUNKS; i++) {
      FileChunk chunk = FileChunk.at(channel, at, Style.CAF);
      if (chunk == null) {
        break;
      }
      switch (chunk.name()) {
        case "desc" -> {
          description = FileChunk.bytes(channel, chunk.body(), 32).order(ByteOrder.BIG_ENDIAN);
          codec = FileChunk.text(description, 8, 4);
        }
        case "pakt" -> table(chunk);
        case "data" -> {
          boolean whole = description != null && description.remaining() == 32;
          return whole && codec.equals("lpcm") ? plain(chunk) : coded(chunk);
        }
        default -> {
          // other chunks say nothing about the samples
        }
      }
      at = chunk.next(Style.CAF);
    }
    return SoundHeader.NONE;
  }

  private String after(long end, boolean padding) throws IOException {
    return FileChunk.follows(channel, end, Style.CAF, padding);
  }

  private SoundHeader plain(FileChunk chunk) throws IOException {
    double rate = description.getDouble(0);
    int flags = description.getInt(12);
    long packet = Integer.toUnsignedLong(description.getInt(16));
    long perPacket = Integer.toUnsignedLong(description.getInt(20));
    long channels = Integer.toUnsignedLong(description.getInt(24));
    long bits = Integer.toUnsignedLong(description.getInt(28));
    SoundHeader.check(path, channels, rate);
    boolean floating = (flags & 1) != 0;
    boolean byPacket = bits == 0 && Pcm.readable(floating, channels, packet);
    long frameBytes = byPacket ? packet : channels * ((bits + 7) / 8);
    boolean agree = packet == 0 || packet == frameBytes || packet == frameBytes * perPacket;
    String contradiction =
        agree && frameBytes > 0
            ? ""
            : SoundHeader.contradiction(
                channels,
                SoundHeader.bits(bits),
                frameBytes,
                "its packet is " + DataLength.bytes(packet));
    DataLength data =
        DataLength.of(
            chunk.bytes(),
            Math.max(0, channel.size() - chunk.body()),
            n -> after(chunk.body() + n, n > 0));
    boolean readable = Pcm.readable(floating, channels, frameBytes);
    if (contradiction.isEmpty() && !readable) {
      throw new AudioException(
          path,
          "%s samples of %s are not read: allowed are %s"
              .formatted(
                  floating ? "floating-point" : "integer",
                  SoundHeader.bits(bits),
                  floating ? "32 or 64 bits" : "1 to 32 bits"));
    }
    Pcm pcm =
        readable
            ? new Pcm(
                "caf",
                floating,
                false,
                (flags & 2) != 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN,
                (int) channels,
                (int) rate,
                (int) frameBytes,
                chunk.body() + EDITS,
                data.bytes() - EDITS)
            : null;
    return new SoundHeader(from, Long.MAX_VALUE, data, contradiction, List.of(), pcm, -1);
  }

  private SoundHeader coded(FileChunk chunk) throws IOException {
    long there = Math.max(0, channel.size() - chunk.body());
    DataLength data = DataLength.of(chunk.bytes(), there, n -> after(chunk.body() + n, n > 0));
    if (data.bytes() == chunk.bytes() && data.bytes() < there) {
      next(chunk.body() + data.bytes());
    } else if (chunk.bytes() >= 0 && next(chunk.body() + chunk.bytes())) {
      data = new DataLength(chunk.bytes(), data.complaint(), "to leave out the end");
    } else {
      long end = lastTable(chunk.body());
      if (end > 0) {
        long bytes = end - chunk.body();
        data = DataLength.of(chunk.bytes(), bytes, n -> after(chunk.body() + n, n > 0));
        data = new DataLength(bytes, data.complaint(), data.remedy());
        next(end);
      }
    }
    List<Patch> patches = new ArrayList<>();
    if (data.bytes() != chunk.bytes()) {
      patches.add(new Patch(chunk.lengthAt(), Style.CAF.field(data.bytes())));
    }
    long frames = codec.equals("alac") ? validFrames : -1;
    return new SoundHeader(from, Long.MAX_VALUE, data, "", List.copyOf(patches), null, frames);
  }

  /** Whether the table of packets is here, which is then read. */
  private boolean next(long at) throws IOException {
    FileChunk chunk = FileChunk.at(channel, at, Style.CAF);
    boolean found = chunk != null && chunk.name().equals("pakt");
    if (found) {
      table(chunk);
    }
    return found;
  }

  private void table(FileChunk chunk) throws IOException {
    ByteBuffer b = FileChunk.bytes(channel, chunk.body(), 24).order(ByteOrder.BIG_ENDIAN);
    if (b.remaining() == 24 && b.getLong(8) > 0) {
      // some writers count the frames of whole packets, and the last may have fewer
      validFrames = b.getInt(20) > 0 ? b.getLong(8) : FileEnd.NOT_KNOWN;
    }
  }

  /**
   * Position of a table of packets from which on all is chunks, to the end; −1 if there is none.
   */
  private long lastTable(long body) throws IOException {
    long begin = Math.max(body, channel.size() - TABLE_BYTES);
    ByteBuffer b = FileChunk.bytes(channel, begin, (int) Math.max(0, channel.size() - begin));
    for (int i = b.limit() - 12; i >= 0; i--) {
      if (b.get(i) == 'p'
          && FileChunk.text(b, i, 4).equals("pakt")
          && after(begin + i, false).isEmpty()) {
        return begin + i;
      }
    }
    return -1;
  }
}
