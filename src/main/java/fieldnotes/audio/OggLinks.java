package fieldnotes.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The streams of an Ogg file that stand one after another (a chain), as radio recorders and {@code
 * cat} write them. Read from the heads of the pages, without decoding.
 *
 * @param links the streams with sound, in order; one in a file that is no chain
 * @see "S. Pfeiffer, The Ogg Encapsulation Format Version 0, RFC 3533, 2003"
 */
record OggLinks(List<Link> links) {
  private static final int PAGE_HEAD = 27;
  private static final int MAGIC = 0x5367674F; // OggS
  private static final int WINDOW = 1 << 16;

  /** No packet of a codec has more samples. */
  private static final int MOST_PACKET_SAMPLES = 1 << 16;

  /**
   * One stream, or several at the same time of which one is sound.
   *
   * @param from position of its first byte
   * @param to position after its last byte
   * @param rateHz sample rate
   * @param frames samples per channel, 0 if there are none
   * @param ended whether its last page is there
   */
  record Link(long from, long to, int rateHz, long frames, boolean ended) {}

  static OggLinks of(FileChannel channel) throws IOException {
    return new OggLinks(new Scan(channel).links());
  }

  /** One pass over the pages. */
  private static final class Scan {
    private final FileChannel channel;
    private final long size;
    private final List<Link> links = new ArrayList<>();
    private long from;
    private boolean beginning;
    private int serial;
    private int rate;
    private long skipped;
    private long start;
    private long last;
    private boolean ended;

    Scan(FileChannel channel) throws IOException {
      this.channel = channel;
      size = channel.size();
    }

    List<Link> links() throws IOException {
      long at = 0;
      long before = -1;
      while (at + PAGE_HEAD <= size) {
        ByteBuffer page = FileChunk.bytes(channel, at, PAGE_HEAD + 255);
        if (page.remaining() < PAGE_HEAD || page.getInt(0) != MAGIC || page.get(4) != 0) {
          // The page before is cut, or something that is no page follows.
          long next = search(before < 0 ? at + 1 : before + 4);
          ended &= next >= at;
          at = next;
          before = -1;
          continue;
        }
        page(page, at);
        before = at;
        at += length(page);
      }
      finish(size);
      return links;
    }

    private static long length(ByteBuffer page) {
      int segments = page.get(26) & 0xFF;
      int length = PAGE_HEAD + segments;
      for (int i = 0; i < segments && PAGE_HEAD + i < page.limit(); i++) {
        length += page.get(PAGE_HEAD + i) & 0xFF;
      }
      return length;
    }

    private void page(ByteBuffer page, long at) throws IOException {
      boolean begins = (page.get(5) & 2) != 0;
      if (begins && !beginning) {
        finish(at);
        from = at;
        rate = 0;
        start = 0;
        last = -1;
        ended = false;
      }
      beginning = begins;
      if (begins && rate == 0) {
        identify(page.getInt(14), at + PAGE_HEAD + (page.get(26) & 0xFF));
        return;
      }
      long position = page.getLong(6);
      if (rate > 0 && page.getInt(14) == serial) {
        if (position > 0) {
          // A recording from the middle of a broadcast does not count from 0.
          long most = (long) MOST_PACKET_SAMPLES * (page.get(26) & 0xFF);
          start = last < 0 && position > most ? position : start;
          last = position;
        }
        ended |= (page.get(5) & 4) != 0;
      }
    }

    /** The first packet of a stream, which says what it is. */
    private void identify(int number, long body) throws IOException {
      ByteBuffer b = FileChunk.bytes(channel, body, 64);
      if (b.remaining() < 19) {
        return;
      }
      skipped = 0;
      if (FileChunk.text(b, 0, 7).equals("\u0001vorbis")) {
        rate = b.getInt(12);
      } else if (FileChunk.text(b, 0, 8).equals("OpusHead")) {
        rate = 48_000;
        skipped = Short.toUnsignedLong(b.getShort(10));
      } else if (FileChunk.text(b, 0, 5).equals("\u007FFLAC") && b.remaining() >= 31) {
        rate = (b.get(27) & 0xFF) << 12 | (b.get(28) & 0xFF) << 4 | (b.get(29) & 0xF0) >> 4;
      } else if (FileChunk.text(b, 0, 8).equals("Speex   ") && b.remaining() >= 40) {
        rate = b.getInt(36);
      }
      rate = Math.max(0, rate);
      serial = number;
    }

    private void finish(long to) {
      if (rate > 0) {
        long frames = last < 0 ? 0 : Math.max(0, last - start - (start == 0 ? skipped : 0));
        links.add(new Link(from, to, rate, frames, ended));
      }
    }

    /** The next page from a position on, or the end of the file. */
    private long search(long start) throws IOException {
      long at = start;
      while (at + PAGE_HEAD <= size) {
        ByteBuffer window = FileChunk.bytes(channel, at, WINDOW);
        for (int i = 0; i + 5 <= window.limit(); i++) {
          if (window.get(i) == 'O' && window.getInt(Math.min(i, window.limit() - 4)) == MAGIC) {
            return at + i;
          }
        }
        at += Math.max(1, window.limit() - 4);
      }
      return size;
    }
  }
}
