package fieldnotes.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Header of a WAVE file (RIFF, RF64, BW64), compared with itself and with the file's length.
 *
 * @param blockAlign bytes per frame; corrected where the other fields contradict it
 * @param dataStart position of the first sample
 * @param data bytes of samples, and what is wrong with their number
 * @param contradiction fields that contradict each other, or empty
 * @param patches corrected length fields, for FFmpeg
 * @see "Multimedia Programming Interface and Data Specifications 1.0, IBM and Microsoft, 1991; EBU
 *     Tech 3306 (RF64)"
 */
record WavHeader(
    int codec,
    int channels,
    long sampleRateHz,
    int blockAlign,
    int bits,
    long dataStart,
    DataLength data,
    String contradiction,
    List<Patch> patches) {
  static final int INTEGER = 1;
  static final int FLOAT = 3;
  private static final int EXTENSIBLE = 0xFFFE;
  private static final int MOST_CHUNKS = 10_000;

  /** Whether the samples are plain numbers, which need no decoder. */
  boolean plain() {
    if (channels == 0 || blockAlign == 0 || blockAlign % channels != 0) {
      return false;
    }
    int width = blockAlign / channels;
    return (codec == INTEGER && width >= 1 && width <= 4 && bits <= 8 * width)
        || (codec == FLOAT && (width == 4 || width == 8) && bits == 8 * width);
  }

  /** Reads the chunks of a WAVE file; null if it is not one. */
  static WavHeader of(Path path, FileChannel channel) throws IOException {
    ByteBuffer start = FileChunk.bytes(channel, 0, 12);
    if (start.remaining() < 12) {
      return null;
    }
    String magic = FileChunk.text(start, 0, 4);
    boolean large = magic.equals("RF64") || magic.equals("BW64");
    if ((!large && !magic.equals("RIFF")) || !FileChunk.text(start, 8, 4).equals("WAVE")) {
      return null;
    }
    long largeAt = -1;
    long largeData = -1;
    Format format = null;
    long at = 12;
    for (int chunks = 0; chunks < MOST_CHUNKS; chunks++) {
      ByteBuffer head = FileChunk.bytes(channel, at, 8);
      if (head.remaining() < 8) {
        break;
      }
      long length = Integer.toUnsignedLong(head.getInt(4));
      long body = at + 8;
      switch (FileChunk.text(head, 0, 4)) {
        case "ds64" -> {
          ByteBuffer sizes = FileChunk.bytes(channel, body, 16);
          if (large && sizes.remaining() == 16) {
            largeAt = body + 8;
            largeData = sizes.getLong(8);
          }
        }
        case "fmt " -> format = Format.of(path, channel, body, length);
        case "data" -> {
          if (format == null) {
            throw new AudioException(path, "the WAVE file has no format chunk before its data");
          }
          boolean all = length == 0xFFFFFFFFL;
          long declared = all ? largeData : length;
          return format.with(channel, body, declared, all ? largeAt : -1);
        }
        default -> {
          // other chunks say nothing about the samples
        }
      }
      at = body + length + (length & 1);
    }
    throw new AudioException(
        path,
        format == null
            ? "the WAVE file ends before its format chunk"
            : "the WAVE file has no data chunk; it is truncated or damaged");
  }

  /** The format chunk. */
  private record Format(
      int codec, int channels, long rate, long byteRate, int blockAlign, int bits) {
    static Format of(Path path, FileChannel channel, long body, long length) throws IOException {
      ByteBuffer f = FileChunk.bytes(channel, body, (int) Math.min(length, 40));
      if (f.remaining() < 16) {
        throw new AudioException(path, "the WAVE format chunk is truncated");
      }
      int codec = Short.toUnsignedInt(f.getShort(0));
      if (codec == EXTENSIBLE && f.remaining() >= 26) {
        codec = Short.toUnsignedInt(f.getShort(24));
      }
      return new Format(
          codec,
          Short.toUnsignedInt(f.getShort(2)),
          Integer.toUnsignedLong(f.getInt(4)),
          Integer.toUnsignedLong(f.getInt(8)),
          Short.toUnsignedInt(f.getShort(12)),
          Short.toUnsignedInt(f.getShort(14)));
    }

    WavHeader with(FileChannel channel, long body, long declared, long largeAt) throws IOException {
      // one byte less than whole frames, and the file ends with the byte that is lacking
      boolean lacks =
          blockAlign > 1
              && (declared + 1) % blockAlign == 0
              && body + declared + 1 == channel.size();
      DataLength data =
          DataLength.of(
              lacks ? declared + 1 : declared,
              Math.max(0, channel.size() - body),
              n -> FileChunk.follows(channel, body + n, FileChunk.Style.RIFF, n > 0));
      List<Patch> patches = new ArrayList<>();
      if (data.bytes() != declared) {
        patches.add(new Patch(body - 4, FileChunk.Style.RIFF.field(data.bytes())));
        if (largeAt >= 0) {
          byte[] low = FileChunk.Style.RIFF.field(data.bytes() & 0xFFFFFFFFL);
          byte[] high = FileChunk.Style.RIFF.field(data.bytes() >>> 32);
          patches.add(new Patch(largeAt, low));
          patches.add(new Patch(largeAt + 4, high));
        }
      }
      String contradiction = contradiction();
      boolean byBits = contradiction.isEmpty() && alignIsWrong();
      boolean pcm = codec == INTEGER || codec == FLOAT;
      int align = byBits || (pcm && !contradiction.isEmpty()) ? packed() : blockAlign;
      return new WavHeader(
          codec, channels, rate, align, bits, body, data, contradiction, List.copyOf(patches));
    }

    /** Bytes per frame as channels and bits give it. */
    private int packed() {
      return channels * ((bits + 7) / 8);
    }

    /** Whether bits and byte rate agree against the block. */
    private boolean alignIsWrong() {
      return (codec == INTEGER || codec == FLOAT)
          && bits > 0
          && blockAlign != packed()
          && byteRate == rate * packed();
    }

    /** What contradicts what; empty if the fields agree, or two of them against the third. */
    private String contradiction() {
      if (channels == 0) {
        return "";
      }
      switch (codec) {
        case INTEGER, FLOAT -> {
          boolean possible = codec == INTEGER ? bits <= 64 : bits == 32 || bits == 64;
          if (!possible) {
            return "its header contradicts itself: %s samples of %s"
                .formatted(codec == INTEGER ? "integer" : "floating-point", bitCount());
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
              : "its header contradicts itself: %d channel%s of %s make %s per frame, but its block is %s and its byte rate %d"
                  .formatted(
                      channels,
                      channels == 1 ? "" : "s",
                      bitCount(),
                      DataLength.bytes(packed()),
                      DataLength.bytes(blockAlign),
                      byteRate);
        }
        case 2, 0x11 -> {
          return bits == 4 || bits == 0 || (codec == 0x11 && bits == 3) ? "" : coded("ADPCM");
        }
        case 6, 7 -> {
          return bits == 8 || bits == 0 ? "" : coded(codec == 6 ? "A-law" : "mu-law");
        }
        default -> {
          return "";
        }
      }
    }

    private String coded(String name) {
      return "its header contradicts itself: %s samples of %s".formatted(name, bitCount());
    }

    private String bitCount() {
      return bits == 1 ? "1 bit" : bits + " bits";
    }
  }
}
