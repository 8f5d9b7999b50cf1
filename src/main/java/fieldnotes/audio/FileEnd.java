package fieldnotes.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * Length and completeness of a file, determined without decoding: the number of samples in an MP3's
 * tag, whether an Ogg file has its last page, and, for files that are not sound, their likely type.
 *
 * @param frames samples per channel after decoding, −1 if unknown here, or {@link #NOT_KNOWN}
 * @param exact whether {@code frames} is exact; otherwise it is a lower bound
 * @param complaint why the file is incomplete or more than one, or empty
 * @param looksLike likely type of a file that FFmpeg does not recognise
 */
record FileEnd(long frames, boolean exact, String complaint, String looksLike) {
  private static final int LARGEST_OGG_PAGE = 65_307;
  private static final String OGG = "a damaged Ogg file";

  /** How a Matroska file begins. */
  private static final String EBML = "\u001AE\u00DF\u00A3";

  /** Frames of a file whose own word on its length is known to be wrong. */
  static final long NOT_KNOWN = -2;

  /** Fewer bytes than any frame of an MP3 file has. */
  private static final int LEAST_MPEG_FRAME = 16;

  /** Packets of a transport stream in which its clock is looked for. */
  private static final int CLOCK_PACKETS = 200;

  private static final long CLOCK_BITS = (1L << 33) - 1;
  private static final int MOST_BOXES = 100_000;

  /**
   * Inspects the first and last bytes of a file.
   *
   * @param header what its header says; {@link SoundHeader#NONE} of most formats
   */
  static FileEnd of(FileChannel channel, SoundHeader header) throws IOException {
    ByteBuffer head = FileChunk.bytes(channel, header.from(), 512);
    if (header.frames() != -1) {
      return new FileEnd(header.frames(), false, "", looksLike(head, channel));
    }
    if (begins(head, "OggS")) {
      return new FileEnd(-1, false, ogg(channel), OGG);
    }
    for (int packet : new int[] {188, 192}) {
      if (isTransportStream(head, packet)) {
        boolean cut = channel.size() % packet != 0;
        String why = "truncated: its last packet ends beyond the file";
        // The length comes from the first and the last time; of two recordings that is one's.
        long frames = clockGoesBack(channel, packet) ? NOT_KNOWN : -1;
        return new FileEnd(frames, false, cut ? why : "", "a damaged MPEG transport stream");
      }
    }
    if (begins(head, EBML) && severalMatroska(channel, head)) {
      return new FileEnd(NOT_KNOWN, false, "", "a damaged Matroska file");
    }
    if (begins(head, Joined.ASF) && Joined.cutSystems(channel)) {
      String why = "truncated: its header says more bytes of samples than the file has";
      return new FileEnd(-1, false, why, "a damaged WMA file");
    }
    if (begins(head, 4, "ftyp") && severalMovies(channel)) {
      String why = "it has two indexes (moov), as two MP4 files in one: split it there";
      return new FileEnd(-1, false, why, "a damaged MP4 file");
    }
    FileEnd mp3 = mp3(channel, head);
    return mp3 != null ? mp3 : new FileEnd(-1, false, "", looksLike(head, channel));
  }

  /** Whether it is an Ogg file. */
  boolean ogg() {
    return looksLike.equals(OGG);
  }

  /** Whether the file starts with packets of this size: 188 bytes, or 192 with timestamps. */
  private static boolean isTransportStream(ByteBuffer head, int packet) {
    int first = packet - 188;
    return head.limit() > first + 2 * packet
        && head.get(first) == 0x47
        && head.get(first + packet) == 0x47
        && head.get(first + 2 * packet) == 0x47;
  }

  /** Whether the clock of a transport stream goes back, as where another recording follows. */
  private static boolean clockGoesBack(FileChannel channel, int packet) throws IOException {
    int places = 16;
    long packets = channel.size() / packet;
    long before = -1;
    for (int i = 0; i <= places; i++) {
      long last = Math.max(packets * (places - 1) / places + 1, packets - CLOCK_PACKETS);
      long clock = clock(channel, (i < places ? packets * i / places : last) * packet, packet);
      // It has 33 bits, and begins anew after 26 hours.
      if (clock >= 0 && before >= 0 && ((clock - before) & CLOCK_BITS) > CLOCK_BITS / 2) {
        return true;
      }
      before = clock < 0 ? before : clock;
    }
    return false;
  }

  /**
   * The first clock reference of a transport stream from a packet on, in 1/90,000 s; −1 if none.
   */
  private static long clock(FileChannel channel, long at, int packet) throws IOException {
    ByteBuffer b = FileChunk.bytes(channel, at, CLOCK_PACKETS * packet).order(ByteOrder.BIG_ENDIAN);
    for (int i = packet - 188; i + 12 <= b.limit(); i += packet) {
      boolean has = (b.get(i + 3) & 0x20) != 0 && b.get(i + 4) != 0 && (b.get(i + 5) & 0x10) != 0;
      if (b.get(i) == 0x47 && has) {
        return Integer.toUnsignedLong(b.getInt(i + 6)) << 1 | (b.get(i + 10) & 0x80) >> 7;
      }
    }
    return -1;
  }

  /** Whether an MP4 file has a second index; FFmpeg reads only what the first one says. */
  private static boolean severalMovies(FileChannel channel) throws IOException {
    int movies = 0;
    long at = 0;
    for (int i = 0; i < MOST_BOXES && movies < 2; i++) {
      ByteBuffer box = FileChunk.bytes(channel, at, 16).order(ByteOrder.BIG_ENDIAN);
      if (box.remaining() < 8) {
        break;
      }
      movies += begins(box, 4, "moov") ? 1 : 0;
      long bytes = Integer.toUnsignedLong(box.getInt(0));
      bytes = bytes == 1 && box.remaining() == 16 ? box.getLong(8) : bytes;
      if (bytes < 8 || bytes > channel.size() - at) {
        break; // to the end of the file, or damaged
      }
      at += bytes;
    }
    return movies > 1;
  }

  /** Whether another Matroska file follows; the durations in the header are of the first. */
  private static boolean severalMatroska(FileChannel channel, ByteBuffer head) throws IOException {
    ByteBuffer segment = head;
    long at = 0;
    for (int element = 0; element < 2; element++) {
      int id = lengthBytes(segment.get(0));
      int length = segment.remaining() < 12 ? 9 : lengthBytes(segment.get(id));
      if (id > 4 || length > 8) {
        return false;
      }
      long bytes = segment.get(id) & (0xFF >> length);
      for (int i = 1; i < length; i++) {
        bytes = bytes << 8 | (segment.get(id + i) & 0xFF);
      }
      at += id + length + bytes;
      if (at < 0 || at >= channel.size()) {
        return false; // the last, or of unknown length
      }
      segment = FileChunk.bytes(channel, at, 16);
    }
    return begins(segment, EBML);
  }

  private static int lengthBytes(byte first) {
    return Integer.numberOfLeadingZeros(first & 0xFF) - 23;
  }

  private static String ogg(FileChannel channel) throws IOException {
    long size = channel.size();
    long from = Math.max(0, size - 2L * LARGEST_OGG_PAGE);
    ByteBuffer tail = FileChunk.bytes(channel, from, (int) (size - from));
    for (int at = tail.limit() - 27; at >= 0; at--) {
      if (tail.getInt(at) != 0x5367674F || tail.get(at + 4) != 0) {
        continue;
      }
      int segments = tail.get(at + 26) & 0xFF;
      long length = 27L + segments;
      for (int s = 0; s < segments && at + 27 + s < tail.limit(); s++) {
        length += tail.get(at + 27 + s) & 0xFF;
      }
      if (at + length > tail.limit()) {
        return "truncated: the last Ogg page ends beyond the file";
      }
      return (tail.get(at + 5) & 4) == 0 ? "truncated: the last Ogg page is missing" : "";
    }
    return "damaged: no Ogg page near its end";
  }

  /** Reads the Xing, Info or VBRI tag of the first MPEG frame; null if there is none. */
  private static FileEnd mp3(FileChannel channel, ByteBuffer head) throws IOException {
    long start = 0;
    ByteBuffer b = head;
    for (int tags = 0; tags < 4 && begins(b, "ID3") && b.remaining() >= 10; tags++) {
      int size =
          (b.get(6) & 0x7F) << 21
              | (b.get(7) & 0x7F) << 14
              | (b.get(8) & 0x7F) << 7
              | (b.get(9) & 0x7F);
      start += 10L + size + ((b.get(5) & 0x10) == 0 ? 0 : 10);
      b = FileChunk.bytes(channel, start, 512);
    }
    if (b.remaining() < 200) {
      return null;
    }
    b.order(ByteOrder.BIG_ENDIAN);
    int header = b.getInt(0);
    int samples = MpegFrame.samples(header);
    if (samples == 0) {
      return null;
    }
    boolean mpeg1 = (header >> 19 & 3) == 3;
    boolean mono = (header >> 6 & 3) == 3;
    int xing = 4 + (mpeg1 ? (mono ? 17 : 32) : (mono ? 9 : 17));
    long frames = -1;
    long bytes = -1;
    long delay = 0;
    int name = b.getInt(xing);
    if (name == 0x58696E67 || name == 0x496E666F) { // Xing, Info
      int flags = b.getInt(xing + 4);
      int at = xing + 8;
      if ((flags & 1) != 0) {
        frames = Integer.toUnsignedLong(b.getInt(at));
        at += 4;
      }
      if ((flags & 2) != 0) {
        bytes = Integer.toUnsignedLong(b.getInt(at));
        at += 4;
      }
      at += ((flags & 4) != 0 ? 100 : 0) + ((flags & 8) != 0 ? 4 : 0);
      delay = gapless(b, at);
    } else if (b.getInt(36) == 0x56425249) { // VBRI
      bytes = Integer.toUnsignedLong(b.getInt(46));
      frames = Integer.toUnsignedLong(b.getInt(50));
    }
    if (frames <= 0) {
      return null;
    }
    long size = channel.size();
    if (frames > size / LEAST_MPEG_FRAME) {
      return new FileEnd(
          NOT_KNOWN,
          false,
          "damaged: its MP3 tag says %d frames, the file has room for %d at most"
              .formatted(frames, size / LEAST_MPEG_FRAME),
          "");
    }
    if (bytes > 0 && start + bytes > size) {
      return new FileEnd(
          -1,
          false,
          "truncated: its MP3 tag says %s, the file has %d of them"
              .formatted(DataLength.bytes(bytes), Math.max(0, size - start)),
          "");
    }
    // If the file is much longer than the tag says, another file was appended, and the tag is
    // ignored.
    boolean trusted = bytes > 0 && size - start - bytes < 1 << 16;
    long promised = frames * samples - delay;
    return bytes > 0 && !trusted
        ? new FileEnd(-1, false, "", "")
        : new FileEnd(promised > 0 ? promised : NOT_KNOWN, trusted && promised > 0, "", "");
  }

  /** Encoder delay plus padding in samples, from the tag, as dropped by FFmpeg. */
  private static long gapless(ByteBuffer b, int at) {
    if (at + 24 > b.limit()) {
      return 0;
    }
    byte[] encoder = new byte[4];
    b.get(at, encoder);
    String name = new String(encoder, StandardCharsets.ISO_8859_1);
    if (!name.equals("LAME") && !name.equals("Lavf") && !name.equals("Lavc")) {
      return 0;
    }
    int both =
        (b.get(at + 21) & 0xFF) << 16 | (b.get(at + 22) & 0xFF) << 8 | (b.get(at + 23) & 0xFF);
    long decoderDelay = 529;
    return (both >> 12) + decoderDelay + Math.max(0, (both & 0xFFF) - decoderDelay);
  }

  private static boolean begins(ByteBuffer head, String text) {
    return begins(head, 0, text);
  }

  private static boolean begins(ByteBuffer head, int at, String text) {
    if (head.limit() < at + text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if ((head.get(at + i) & 0xFF) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static String looksLike(ByteBuffer head, FileChannel channel) throws IOException {
    Object[][] known = {
      {0, "\u0089PNG", "a PNG picture"},
      {0, "\u00FF\u00D8\u00FF", "a JPEG picture"},
      {0, "GIF8", "a GIF picture"},
      {0, "%PDF", "a PDF document"},
      {0, "PK\u0003\u0004", "a ZIP archive, or a document kept in one"},
      {0, "\u001F\u008B", "a gzip archive"},
      {0, "\u007FELF", "a program"},
      {0, "#EXTM3U", "a playlist: read the files that it names"},
      {0, "MThd", "a MIDI file, notes rather than sound"},
      {0, "fLaC", "a FLAC file that is truncated or damaged"},
      {0, "FORM", "an AIFF file that is truncated or damaged"},
      {0, "RIFX", "a big-endian WAVE file (RIFX) that is truncated or damaged"},
      {0, "RIFF", "a RIFF file without sound that can be decoded"},
      {0, "ID3", "an MP3 file that is truncated or damaged"},
      {4, "ftyp", "an MP4 file whose index (moov) is missing: it is truncated or damaged"},
    };
    for (Object[] one : known) {
      if (begins(head, (int) one[0], (String) one[1])) {
        return (String) one[2];
      }
    }
    int printable = 0;
    int zeros = 0;
    int n = head.limit();
    for (int i = 0; i < n; i++) {
      int b = head.get(i) & 0xFF;
      printable += (b >= 32 && b != 127) || b == '\n' || b == '\r' || b == '\t' ? 1 : 0;
      zeros += b == 0 ? 1 : 0;
    }
    if (n > 0 && zeros == n) {
      return channel.size() == 1
          ? "one zero byte"
          : DataLength.bytes(channel.size()) + " that begin with zeros";
    }
    return n > 0 && printable == n ? "text" : "";
  }
}
