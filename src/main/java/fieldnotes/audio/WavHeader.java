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
 * Header of a WAVE file (RIFF, RIFX, RF64, BW64) or a Wave64 file.
 *
 * @see "Multimedia Programming Interface and Data Specifications 1.0, IBM and Microsoft, 1991; EBU
 *     Tech 3306 (RF64); Sony Wave64"
 */
final class WavHeader {
  private static final int INTEGER = 1;
  private static final int FLOAT = 3;
  private static final int A_LAW = 6;
  private static final int MU_LAW = 7;
  private static final int EXTENSIBLE = 0xFFFE;

  /** Bytes of the longest format chunk of which all is looked at. */
  private static final int LONGEST = 40;

  private static final int MOST_CHUNKS = 10_000;
  private static final long ALL = 0xFFFFFFFFL;

  private final Path path;
  private final FileChannel channel;
  private final long from;
  private final Style style;
  private final boolean large;
  private final String container;

  private WavHeader(Path path, FileChannel channel, long from, String magic) {
    this.path = path;
    this.channel = channel;
    this.from = from;
    large = magic.equals("RF64") || magic.equals("BW64");
    style =
        switch (magic) {
          case "riff" -> Style.WAVE64;
          case "RIFX" -> Style.FORM;
          default -> Style.RIFF;
        };
    container = style == Style.WAVE64 ? "w64" : "wav";
  }

  /** Reads the chunks of a WAVE file; nothing is known of another file that begins like one. */
  static SoundHeader of(Path path, FileChannel channel, long from) throws IOException {
    ByteBuffer start = FileChunk.bytes(channel, from, 40);
    WavHeader header = new WavHeader(path, channel, from, FileChunk.text(start, 0, 4));
    boolean wave =
        header.style == Style.WAVE64
            ? FileChunk.text(start, 24, 4).equals("wave")
            : FileChunk.text(start, 8, 4).equals("WAVE");
    return wave ? header.chunks() : SoundHeader.NONE;
  }

  private SoundHeader chunks() throws IOException {
    String name = style == Style.WAVE64 ? "Wave64" : "WAVE";
    long largeAt = -1;
    long largeData = -1;
    Format format = null;
    long at = from + (style == Style.WAVE64 ? 40 : 12);
    for (int i = 0; i < MOST_CHUNKS; i++) {
      FileChunk chunk = FileChunk.any(channel, at, style);
      if (chunk == null) {
        break;
      }
      switch (chunk.name()) {
        case "ds64" -> {
          ByteBuffer sizes = FileChunk.bytes(channel, chunk.body(), 16);
          if (large && sizes.remaining() == 16) {
            largeAt = chunk.body() + 8;
            largeData = sizes.getLong(8);
          }
        }
        case "fmt " -> format = format(chunk);
        case "data" -> {
          if (format == null) {
            throw new AudioException(
                path, "the " + name + " file has no format chunk before its data");
          }
          boolean all = large && chunk.field() == ALL;
          return header(format, chunk, all ? largeData : chunk.bytes(), all ? largeAt : -1);
        }
        default -> {
          // other chunks say nothing about the samples
        }
      }
      at = chunk.next(style);
    }
    throw new AudioException(
        path,
        format == null
            ? "the " + name + " file ends before its format chunk"
            : "the " + name + " file has no data chunk; it is truncated or damaged");
  }

  private Format format(FileChunk chunk) throws IOException {
    boolean big = style == Style.FORM;
    int length = chunk.bytes() < 0 ? LONGEST : Math.clamp(chunk.bytes(), 0, LONGEST);
    ByteBuffer f =
        FileChunk.bytes(channel, chunk.body(), length)
            .order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    if (f.remaining() < 16) {
      throw new AudioException(path, "the WAVE format chunk is truncated");
    }
    int codec = Short.toUnsignedInt(f.getShort(0));
    if (codec == EXTENSIBLE && f.remaining() >= 26) {
      boolean behind = big && f.getShort(24) == 0 && f.remaining() >= 28;
      int second = behind ? 26 : 24; // a number of two bytes, or of four
      codec = Short.toUnsignedInt(f.getShort(second));
    }
    return new Format(
        codec,
        Short.toUnsignedInt(f.getShort(2)),
        Integer.toUnsignedLong(f.getInt(4)),
        Integer.toUnsignedLong(f.getInt(8)),
        Short.toUnsignedInt(f.getShort(12)),
        Short.toUnsignedInt(f.getShort(14)));
  }

  private SoundHeader header(Format format, FileChunk chunk, long declared, long largeAt)
      throws IOException {
    SoundHeader.check(path, format.channels, (double) format.rate);
    long body = chunk.body();
    DataLength data =
        DataLength.ofFrames(
            declared,
            Math.max(0, channel.size() - body),
            format.blockAlign,
            n -> FileChunk.follows(channel, body + n, style, n > 0));
    List<Patch> patches = new ArrayList<>();
    if (data.bytes() != declared) {
      patches.add(new Patch(chunk.lengthAt(), style.field(data.bytes())));
      if (largeAt >= 0) {
        patches.add(new Patch(largeAt, Style.RIFF.field(data.bytes() & ALL)));
        patches.add(new Patch(largeAt + 4, Style.RIFF.field(data.bytes() >>> 32)));
      }
    }
    String contradiction = format.contradiction();
    int align = format.align(contradiction);
    boolean plain = format.plain(align);
    boolean big = style == Style.FORM;
    if (big && !plain && contradiction.isEmpty() && !format.law()) {
      throw new AudioException(
          path,
          "a big-endian WAVE file (RIFX) with codec %d: read are integers to 32 bits, floating-point"
                  .formatted(format.codec)
              + " numbers, A-law and mu-law; save it as an ordinary WAVE file (RIFF)");
    }
    Pcm pcm =
        plain
            ? new Pcm(
                container,
                format.codec == FLOAT,
                true,
                big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
                format.channels,
                (int) format.rate,
                align,
                body,
                data.bytes())
            : null;
    return new SoundHeader(
        from, Long.MAX_VALUE, data, contradiction, List.copyOf(patches), pcm, -1);
  }

  /** The format chunk. */
  private record Format(
      int codec, int channels, long rate, long byteRate, int blockAlign, int bits) {
    /** Bytes per frame, corrected where other fields contradict it. */
    int align(String contradiction) {
      boolean byBits = contradiction.isEmpty() && alignIsWrong();
      return byBits || (number() && !contradiction.isEmpty()) ? packed() : blockAlign;
    }

    boolean plain(int align) {
      return number()
          && Pcm.readable(codec == FLOAT, channels, align)
          && (codec == INTEGER ? bits <= 8 * align / channels : bits == 8 * align / channels);
    }

    private boolean number() {
      return codec == INTEGER || codec == FLOAT;
    }

    boolean law() {
      return codec == A_LAW || codec == MU_LAW;
    }

    /** Bytes per frame as channels and bits give it. */
    private int packed() {
      return channels * ((bits + 7) / 8);
    }

    /** Whether bits and byte rate agree against the block. */
    private boolean alignIsWrong() {
      return number() && bits > 0 && blockAlign != packed() && byteRate == rate * packed();
    }

    /** What contradicts what; empty if the fields agree, or two of them against the third. */
    String contradiction() {
      switch (codec) {
        case INTEGER, FLOAT -> {
          boolean possible = codec == INTEGER ? bits <= 64 : bits == 32 || bits == 64;
          if (!possible) {
            return impossible(codec == INTEGER ? "integer" : "floating-point");
          }
          if (bits == 0 || blockAlign == packed() || alignIsWrong()) {
            return "";
          }
          // 24 bits, or an odd number of them, in a wider container are usual.
          boolean wider =
              codec == INTEGER
                  && blockAlign > packed()
                  && blockAlign % channels == 0
                  && blockAlign / channels <= 4
                  && byteRate == rate * blockAlign
                  && (bits == 24 || bits % 8 != 0);
          return wider
              ? ""
              : SoundHeader.contradiction(
                  channels,
                  SoundHeader.bits(bits),
                  packed(),
                  "its block is %s and its byte rate %d"
                      .formatted(DataLength.bytes(blockAlign), byteRate));
        }
        case 2, 0x11 -> {
          return bits == 4 || bits == 0 || (codec == 0x11 && bits == 3) ? "" : impossible("ADPCM");
        }
        case A_LAW, MU_LAW -> {
          return bits == 8 || bits == 0 ? "" : impossible(codec == A_LAW ? "A-law" : "mu-law");
        }
        default -> {
          return "";
        }
      }
    }

    private String impossible(String name) {
      return "its header contradicts itself: %s samples of %s"
          .formatted(name, SoundHeader.bits(bits));
    }
  }
}
