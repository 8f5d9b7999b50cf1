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
 * Header of an AIFF or AIFF-C file.
 *
 * @see "Audio Interchange File Format, Apple, 1989; AIFF-C, Apple, 1991"
 */
final class AiffHeader {
  private static final int MOST_CHUNKS = 10_000;

  /** No frame has more bytes; a larger number of them comes from a count that is no count. */
  private static final int MOST_FRAME_BYTES = 64;

  private static final long UNKNOWN = 0xFFFFFFFFL;

  private final Path path;
  private final FileChannel channel;
  private final long from;
  private final List<Patch> patches = new ArrayList<>();

  private AiffHeader(Path path, FileChannel channel, long from) {
    this.path = path;
    this.channel = channel;
    this.from = from;
  }

  static SoundHeader of(Path path, FileChannel channel, long from) throws IOException {
    ByteBuffer start = FileChunk.bytes(channel, from, 12).order(ByteOrder.BIG_ENDIAN);
    return FileChunk.text(start, 8, 3).equals("AIF")
        ? new AiffHeader(path, channel, from).chunks(Integer.toUnsignedLong(start.getInt(4)))
        : SoundHeader.NONE;
  }

  private SoundHeader chunks(long form) throws IOException {
    long size = channel.size() - from;
    if (form != size - 8) {
      patches.add(new Patch(from + 4, Style.FORM.field(size - 8)));
    }
    Common common = null;
    long at = from + 12;
    for (int i = 0; i < MOST_CHUNKS; i++) {
      FileChunk chunk = FileChunk.at(channel, at, Style.FORM);
      if (chunk == null) {
        break;
      }
      if (chunk.name().equals("COMM")) {
        common = Common.of(channel, chunk);
      } else if (chunk.name().equals("SSND")) {
        return samples(chunk, common);
      }
      at = chunk.next(Style.FORM);
    }
    return SoundHeader.NONE;
  }

  private SoundHeader samples(FileChunk chunk, Common common) throws IOException {
    ByteBuffer b = FileChunk.bytes(channel, chunk.body(), 4).order(ByteOrder.BIG_ENDIAN);
    long offset = b.remaining() < 4 ? 0 : Integer.toUnsignedLong(b.getInt(0));
    long before = 8 + offset; // offset and block size come first
    long body = chunk.body() + before;
    if (offset > 0 && body > channel.size()) {
      throw new AudioException(
          path,
          "its header says that the samples begin at byte %d: the file has %s"
              .formatted(body, DataLength.bytes(channel.size())));
    }
    long declared = chunk.bytes() < 0 ? -1 : Math.max(0, chunk.bytes() - before);
    DataLength data =
        DataLength.ofFrames(
            declared,
            Math.max(0, channel.size() - body),
            common == null ? 0 : common.packed(),
            n -> FileChunk.follows(channel, body + n, Style.FORM, n > 0));
    if (data.bytes() + before != chunk.field()) {
      patches.add(new Patch(chunk.lengthAt(), Style.FORM.field(data.bytes() + before)));
    }
    if (common == null) {
      return SoundHeader.coded(from, data, patches);
    }
    SoundHeader.check(path, common.channels, common.rate);
    if (common.width() == 0 && !common.integer()) {
      return SoundHeader.coded(from, data, patches);
    }
    boolean said = declared == data.bytes() || declared + 1 == data.bytes();
    Common agreed = said ? common.agreed(data.bytes()) : common;
    String contradiction = said ? agreed.contradiction(data.bytes()) : "";
    if (contradiction.isEmpty() && !Pcm.readable(agreed.floating(), 1, agreed.width())) {
      throw new AudioException(
          path,
          "samples of %s are not read: allowed are 1 to 32 bits"
              .formatted(SoundHeader.bits(agreed.bits)));
    }
    return new SoundHeader(
        from,
        Long.MAX_VALUE,
        contradiction.isEmpty() ? agreed.complete(data) : data,
        contradiction,
        frames(agreed, data),
        agreed.pcm(body, data.bytes()),
        -1);
  }

  /** The patches, with the number of frames of the bytes if the header's is another. */
  private List<Patch> frames(Common common, DataLength data) {
    long there = common.packed() == 0 ? 0 : data.bytes() / common.packed();
    boolean pad = common.frames == there - 1 && common.packed() == 1;
    if (there > 0 && common.frames != there && !pad) {
      patches.add(new Patch(common.at + 2, Style.FORM.field(there)));
    }
    return List.copyOf(patches);
  }

  /** The chunk of the format. */
  private record Common(long at, int channels, long frames, int bits, double rate, String coding) {
    static Common of(FileChannel channel, FileChunk chunk) throws IOException {
      ByteBuffer c =
          FileChunk.bytes(channel, chunk.body(), Math.clamp(chunk.bytes(), 0, 22))
              .order(ByteOrder.BIG_ENDIAN);
      return c.remaining() < 18
          ? null
          : new Common(
              chunk.body(),
              Short.toUnsignedInt(c.getShort(0)),
              Integer.toUnsignedLong(c.getInt(2)),
              Short.toUnsignedInt(c.getShort(6)),
              extended(c.getShort(8), c.getLong(10)),
              c.remaining() < 22 ? "NONE" : FileChunk.text(c, 18, 4));
    }

    /** A number of 80 bits, rounded to a whole one. */
    private static double extended(short head, long mantissa) {
      int exponent = head & 0x7FFF;
      double value =
          exponent == 0x7FFF
              ? Double.POSITIVE_INFINITY
              : Math.rint(
                  Math.scalb((mantissa >>> 1) * 2.0 + (mantissa & 1), exponent - 16_383 - 63));
      return head < 0 ? -value : value;
    }

    private boolean integer() {
      return switch (coding) {
        case "NONE", "twos", "sowt" -> true;
        default -> false;
      };
    }

    boolean floating() {
      return coding.startsWith("fl") || coding.startsWith("FL");
    }

    private boolean law() {
      return switch (coding) {
        case "alaw", "ALAW", "ulaw", "ULAW" -> true;
        default -> false;
      };
    }

    /** Bytes per sample; 0 if it is not known. */
    int width() {
      return switch (coding) {
        case "NONE", "twos", "sowt" -> (bits + 7) / 8;
        case "raw ", "alaw", "ALAW", "ulaw", "ULAW" -> 1;
        case "in24" -> 3;
        case "in32", "fl32", "FL32" -> 4;
        case "fl64", "FL64" -> 8;
        default -> 0;
      };
    }

    /** Bytes per frame. */
    long packed() {
      return (long) channels * width();
    }

    /** Bytes per frame as the number of frames has it; −1 if that is not a whole number. */
    private long counted(long bytes) {
      if (frames == 0 || frames == UNKNOWN) {
        return -1;
      }
      long each = bytes / frames;
      long rest = bytes - each * frames;
      boolean pad = rest == 1 && bytes % 2 == 0;
      return each > 0 && each <= MOST_FRAME_BYTES && (rest == 0 || pad) ? each : -1;
    }

    /** With the bits that the number of frames gives, where the header's cannot be meant. */
    Common agreed(long bytes) {
      long counted = counted(bytes);
      boolean none = integer() && bits == 0 && counted > 0 && counted % channels == 0;
      boolean sixteen = coding.equals("sowt") && counted == 2L * channels;
      return none || sixteen
          ? new Common(at, channels, frames, (int) (8 * counted / channels), rate, coding)
          : this;
    }

    String contradiction(long bytes) {
      long counted = counted(bytes);
      return counted < 0 || counted == packed()
          ? ""
          : SoundHeader.contradiction(
              channels,
              SoundHeader.bits(integer() ? bits : 8 * width()),
              packed(),
              "%d frames in %s of samples make %d"
                  .formatted(frames, DataLength.bytes(bytes), counted));
    }

    /** The bytes, with a complaint if they are fewer than the frames need. */
    DataLength complete(DataLength data) {
      long there = data.bytes() / Math.max(1, packed());
      return data.complaint().isEmpty() && frames != UNKNOWN && frames > there
          ? new DataLength(
              data.bytes(),
              "truncated: it should have %d samples, the file has %d of them"
                  .formatted(frames, there),
              "to read what is there")
          : data;
    }

    /** The samples from a position on; null if they are no plain numbers. */
    Pcm pcm(long start, long bytes) {
      if (law() || !Pcm.readable(floating(), channels, packed())) {
        return null;
      }
      boolean pad = counted(bytes) == packed();
      return new Pcm(
          "aiff",
          floating(),
          coding.equals("raw "),
          coding.equals("sowt") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN,
          channels,
          (int) rate,
          (int) packed(),
          start,
          pad ? frames * packed() : bytes);
    }
  }
}
