package fieldnotes.audio;

import fieldnotes.audio.FileChunk.Style;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The length fields of AIFF, AU, CAF, Wave64 and VOC files, compared with the file. FFmpeg stops
 * where they say, or loses the samples if they are 0; it gets the corrected ones.
 *
 * @param data bytes of samples, and what is wrong with their number
 * @param patches corrected fields
 * @see "Audio Interchange File Format, Apple, 1989; Apple Core Audio Format Specification 1.0; the
 *     .au header of Sun; Sony Wave64"
 */
record LengthFields(DataLength data, List<Patch> patches) {
  private static final int MOST_CHUNKS = 10_000;
  static final LengthFields NONE = new LengthFields(new DataLength(0, "", ""), List.of());

  /** The fields of a file; nothing is wrong with those of other formats. */
  static LengthFields of(FileChannel channel) throws IOException {
    ByteBuffer start = FileChunk.bytes(channel, 0, 40).order(ByteOrder.BIG_ENDIAN);
    if (start.remaining() < 24) {
      return NONE;
    }
    return switch (FileChunk.text(start, 0, 4)) {
      case "FORM" -> FileChunk.text(start, 8, 3).equals("AIF") ? aiff(channel, start) : NONE;
      case ".snd" -> au(channel, start);
      case "caff" -> chunks(channel, 8, Style.CAF);
      case "riff" -> chunks(channel, 40, Style.WAVE64);
      case "Crea" -> VocLengths.of(channel, start);
      default -> NONE;
    };
  }

  private static LengthFields au(FileChannel channel, ByteBuffer start) throws IOException {
    long body = Integer.toUnsignedLong(start.getInt(4));
    long field = Integer.toUnsignedLong(start.getInt(8));
    if (body < 24 || body > channel.size()) {
      return NONE;
    }
    DataLength data =
        DataLength.of(
            field == 0xFFFFFFFFL ? -1 : field,
            channel.size() - body,
            n -> FileChunk.follows(channel, body + n, Style.FORM, n > 0));
    return data.bytes() == field
        ? new LengthFields(data, List.of())
        : new LengthFields(data, List.of(new Patch(8, Style.FORM.field(data.bytes()))));
  }

  /** A CAF or Wave64 file, whose chunks begin here. */
  private static LengthFields chunks(FileChannel channel, long first, Style style)
      throws IOException {
    long at = first;
    for (int i = 0; i < MOST_CHUNKS; i++) {
      FileChunk chunk = FileChunk.at(channel, at, style);
      if (chunk == null) {
        return NONE;
      }
      if (chunk.name().equals("data")) {
        DataLength data =
            DataLength.of(
                chunk.bytes(),
                Math.max(0, channel.size() - chunk.body()),
                n -> FileChunk.follows(channel, chunk.body() + n, style, n > 0));
        return data.bytes() == chunk.bytes()
            ? new LengthFields(data, List.of())
            : new LengthFields(
                data, List.of(new Patch(chunk.lengthAt(), style.field(data.bytes()))));
      }
      at = chunk.next(style);
    }
    return NONE;
  }

  private static LengthFields aiff(FileChannel channel, ByteBuffer start) throws IOException {
    long size = channel.size();
    List<Patch> patches = new ArrayList<>();
    long form = Integer.toUnsignedLong(start.getInt(4));
    if (form != size - 8) {
      patches.add(new Patch(4, Style.FORM.field(size - 8)));
    }
    FileChunk common = null;
    long at = 12;
    for (int i = 0; i < MOST_CHUNKS; i++) {
      FileChunk chunk = FileChunk.at(channel, at, Style.FORM);
      if (chunk == null) {
        return NONE;
      }
      if (chunk.name().equals("COMM")) {
        common = chunk;
      } else if (chunk.name().equals("SSND")) {
        DataLength data = samples(channel, chunk);
        if (data.bytes() + 8 != chunk.field()) {
          patches.add(new Patch(chunk.lengthAt(), Style.FORM.field(data.bytes() + 8)));
        }
        if (common != null && data.bytes() > 0) {
          frames(channel, common, data.bytes(), patches);
        }
        return new LengthFields(data, List.copyOf(patches));
      }
      at = chunk.next(Style.FORM);
    }
    return NONE;
  }

  private static DataLength samples(FileChannel channel, FileChunk chunk) throws IOException {
    long body = chunk.body() + 8; // offset and block size come first
    return DataLength.of(
        chunk.bytes() < 0 ? -1 : Math.max(0, chunk.bytes() - 8),
        Math.max(0, channel.size() - body),
        n -> FileChunk.follows(channel, body + n, Style.FORM, n > 0));
  }

  /** Completes the number of frames of an uncompressed file, if it is too small for its bytes. */
  private static void frames(FileChannel channel, FileChunk common, long bytes, List<Patch> patches)
      throws IOException {
    ByteBuffer c =
        FileChunk.bytes(channel, common.body(), (int) Math.min(22, Math.max(0, common.bytes())))
            .order(ByteOrder.BIG_ENDIAN);
    if (c.remaining() < 18) {
      return;
    }
    String coding = c.remaining() < 22 ? "NONE" : FileChunk.text(c, 18, 4);
    boolean plain =
        switch (coding) {
          case "NONE", "twos", "sowt", "raw ", "in24", "in32", "fl32", "FL32", "fl64", "FL64" ->
              true;
          default -> false;
        };
    long frameBytes = Short.toUnsignedInt(c.getShort(0)) * ((c.getShort(6) + 7L) / 8);
    long frames = Integer.toUnsignedLong(c.getInt(2));
    if (plain && frameBytes > 0 && frames < bytes / frameBytes) {
      patches.add(new Patch(common.body() + 2, Style.FORM.field(bytes / frameBytes)));
    }
  }
}
