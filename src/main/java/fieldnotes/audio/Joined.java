package fieldnotes.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * WavPack, TTA or WMA files that stand one after another in one, as {@code cat} writes them. FFmpeg
 * reads the first only, or gives its length for that of all. Read from the heads of blocks, without
 * decoding.
 *
 * @see "WavPack 4 &amp; 5 Binary File / Block Format; TTA1 format; Advanced Systems Format
 *     Specification, Microsoft"
 */
final class Joined {
  private static final int MOST_LINKS = 10_000;
  private static final int MOST_FRAMES = 1 << 20;
  private static final String FLAC = "fLaC\0\0\0\"";

  /** How WMA begins: the identifier of the header object. */
  static final String ASF = "0&\u00B2u\u008Ef\u00CF\u0011\u00A6\u00D9\u0000\u00AA\u0000b\u00CEl";

  /** The identifier of its samples. */
  private static final String ASF_DATA = "6" + ASF.substring(1);

  private Joined() {}

  /** Where the file that begins at a position ends; the end of the channel if it is the last. */
  private interface Ends {
    long after(long from) throws IOException;
  }

  /** The files in one, in order; none if it is one, or of another format. */
  static List<OggLinks.Link> of(Path path, FileChannel channel, FileEnd ending) throws IOException {
    String start = text(channel, 0, 16);
    Ends ends = null;
    if (start.startsWith("wvpk")) {
      ends = from -> wavPack(channel, from);
    } else if (start.startsWith("TTA1")) {
      ends = from -> trueAudio(channel, from);
    } else if (start.equals(ASF)) {
      ends = from -> systems(channel, from);
    }
    if (ends == null) {
      return List.of();
    }
    List<Long> bounds = new ArrayList<>(List.of(0L));
    while (bounds.size() < MOST_LINKS && bounds.getLast() < channel.size()) {
      bounds.add(ends.after(bounds.getLast()));
    }
    List<OggLinks.Link> links = new ArrayList<>();
    for (int i = 1; i < bounds.size() && bounds.size() > 2; i++) {
      links.add(link(path, channel, bounds.get(i - 1), bounds.get(i), ending));
    }
    return links;
  }

  private static OggLinks.Link link(
      Path path, FileChannel channel, long from, long to, FileEnd ending) {
    FfmpegInput.Part part = new FfmpegInput.Part(from, to, List.of());
    try (FfmpegStream stream = new FfmpegStream(path, channel, part, ending)) {
      AudioInfo info = stream.info();
      return new OggLinks.Link(from, to, info.sampleRateHz(), Math.max(0, info.frames()), true);
    } catch (AudioException e) {
      return new OggLinks.Link(from, to, 1, 0, true); // told when it is read
    }
  }

  private static String text(FileChannel channel, long at, int bytes) throws IOException {
    return FileChunk.text(FileChunk.bytes(channel, at, bytes), 0, bytes);
  }

  private static long wavPack(FileChannel channel, long from) throws IOException {
    int head = 32;
    long at = from;
    while (true) {
      ByteBuffer b = FileChunk.bytes(channel, at, head);
      if (b.remaining() < head || !FileChunk.text(b, 0, 4).equals("wvpk")) {
        long next = afterTags(channel, at);
        boolean more = at > from && next > at && text(channel, next, 4).equals("wvpk");
        return more ? next : channel.size();
      }
      boolean first = b.getInt(16) == 0 && b.get(10) == 0; // number of its first sample
      boolean samples = b.getInt(20) != 0;
      boolean initial = (b.getInt(24) & 0x800) != 0; // of those for several channels
      if (at > from && first && samples && initial) {
        return at;
      }
      at += 8 + Integer.toUnsignedLong(b.getInt(4));
    }
  }

  private static long trueAudio(FileChannel channel, long from) throws IOException {
    int head = 22;
    ByteBuffer b = FileChunk.bytes(channel, from, head);
    long rate = b.remaining() < head ? 0 : Integer.toUnsignedLong(b.getInt(10));
    long frame = 256 * rate / 245;
    if (frame == 0) {
      return channel.size();
    }
    long frames = (Integer.toUnsignedLong(b.getInt(14)) + frame - 1) / frame;
    long at = from + head + 4 * frames + 4; // two check sums
    if (at > channel.size() || frames > MOST_FRAMES) {
      return channel.size();
    }
    ByteBuffer table = FileChunk.bytes(channel, from + head, (int) (4 * frames));
    while (table.remaining() >= 4) {
      at += Integer.toUnsignedLong(table.getInt());
    }
    at = afterTags(channel, at);
    return text(channel, at, 4).equals("TTA1") ? at : channel.size();
  }

  /** The position behind tags at the end of a file: APE, or ID3 in 128 bytes. */
  private static long afterTags(FileChannel channel, long at) throws IOException {
    ByteBuffer b = FileChunk.bytes(channel, at, 32);
    if (b.remaining() == 32 && FileChunk.text(b, 0, 8).equals("APETAGEX")) {
      return afterTags(channel, at + 32 + Integer.toUnsignedLong(b.getInt(12)));
    }
    return FileChunk.text(b, 0, 3).equals("TAG") ? at + 128 : at;
  }

  private static long systems(FileChannel channel, long from) throws IOException {
    int head = 24;
    long at = from;
    while (true) {
      ByteBuffer b = FileChunk.bytes(channel, at, head);
      long bytes = b.remaining() < head ? 0 : b.getLong(16);
      if (bytes < head || bytes > channel.size() - at) {
        return channel.size(); // of unknown length, cut, or followed by something else
      }
      if (at > from && FileChunk.text(b, 0, 16).equals(ASF)) {
        return at;
      }
      at += bytes;
    }
  }

  /** Whether the samples of a WMA file go on beyond its end. */
  static boolean cutSystems(FileChannel channel) throws IOException {
    long at = 0;
    while (at < channel.size()) {
      ByteBuffer b = FileChunk.bytes(channel, at, 24);
      long bytes = b.remaining() < 24 ? 0 : b.getLong(16);
      if (bytes > channel.size() - at) {
        return FileChunk.text(b, 0, 16).equals(ASF_DATA);
      }
      if (bytes < 24) {
        return false; // of unknown length, or something else
      }
      at += bytes;
    }
    return false;
  }

  /** Position of a second FLAC file in a FLAC file, found by reading all of it; −1 if none. */
  static long secondFlac(FileChannel channel) throws IOException {
    if (!text(channel, 0, 4).equals("fLaC")) {
      return -1;
    }
    int window = 1 << 20;
    for (long at = 4; at < channel.size(); at += window - FLAC.length()) {
      int found = text(channel, at, window).indexOf(FLAC);
      if (found >= 0) {
        return at + found;
      }
    }
    return -1;
  }
}
