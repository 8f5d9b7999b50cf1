package fieldnotes.feature;

import fieldnotes.audio.AudioFiles;
import fieldnotes.common.HashedRead;
import fieldnotes.common.HashedRead.Stat;
import fieldnotes.common.Progress;
import fieldnotes.common.Reason;
import fieldnotes.common.Sha256;
import fieldnotes.common.Warnings;
import fieldnotes.common.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Cached results, keyed by the SHA-256 of the file content. There is one folder per combination of
 * set, options and cache version, and one append-only log per run. Each record is written at once
 * with a checksum; after a crash, the next run ignores the incomplete record at the end of the log.
 *
 * <p>A file with the same path, size, modification time and inode as in an earlier run is assumed
 * unchanged and not read. A moved, copied or touched file is hashed but not measured again.
 *
 * <p>A cache that cannot be read or written never fails a file: one warning says why, what it
 * cannot give is measured, and what it cannot take is not stored.
 */
final class FeatureCache implements AutoCloseable {
  /** Increase when the computed values change. */
  private static final int VERSION = 3;

  private static final int MAGIC = 0x464e4331;
  private static final int HEAD = 16;

  /** Position of a record in a log. */
  private record Place(Path log, long position, int length) {}

  /** Metadata of a file when its content was hashed. */
  private record Seen(Stat stat, String hash) {}

  /** Rows of a file, with the hash of its content, and whether they were measured just now. */
  record Found(List<ClipMeasurer.Row> rows, String sha256, boolean measured) {}

  private final Map<String, Place> results = new HashMap<>();
  private final Map<String, Seen> seen = new HashMap<>();
  private final Map<Path, FileChannel> open = new HashMap<>();
  private final Path root;
  private final Path log;
  private FileChannel out;
  private long written;
  private boolean full;
  private boolean warned;

  private FeatureCache(Path root, Path folder) {
    this.root = root;
    log = folder.resolve(UUID.randomUUID() + ".log");
    List<Path> logs = List.of();
    try {
      WholeFile.makeFolder(folder);
      try (Stream<Path> all = Files.list(folder)) {
        logs = all.filter(p -> p.toString().endsWith(".log")).sorted().toList();
      }
    } catch (IOException | UncheckedIOException e) {
      full = !Files.isDirectory(folder);
      warn(e);
    }
    for (Path one : logs) {
      try {
        scan(one);
      } catch (IOException | BufferUnderflowException | IllegalArgumentException e) {
        warn(
            e instanceof FileSystemException
                ? e
                : new FileSystemException(one.toString(), null, damage(e)));
      }
    }
  }

  private static String damage(Exception e) {
    return e instanceof IOException ? Reason.words(e) : "is damaged";
  }

  /** The cache for one set and these options, below {@code root}. */
  static FeatureCache open(Path root, FeatureSet set, FeatureOptions options) {
    String key =
        Sha256.of(VERSION + "\n" + AudioFiles.decoderVersion() + "\n" + options.settings(set));
    return new FeatureCache(
        root,
        root.resolve(
            set.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_")
                + "-"
                + key.substring(0, 16)));
  }

  /** Warns once, whatever else fails after. */
  private synchronized void warn(Exception why) {
    Progress.stopIfInterrupted(); // an interrupt closes the log, too
    if (!warned) {
      warned = true;
      Warnings.warn(
          ("the feature cache %s cannot be used fully, so files may be measured again: %s. The table"
                  + " is complete. Another folder is given by --cache DIR or withCache, none by"
                  + " --no-cache or withoutCache")
              .formatted(root, Reason.of(why)));
    }
  }

  /**
   * The rows of a file: from an earlier run, or measured and stored. A file that changes while it
   * is measured is measured again.
   *
   * @throws FileSystemException if it keeps changing; nothing is stored
   */
  Found rows(Path file, HashedRead.Reading<List<ClipMeasurer.Row>> measure) throws IOException {
    String hash = hash(file, Stat.of(file));
    Place place;
    synchronized (this) {
      place = results.get(hash);
    }
    List<ClipMeasurer.Row> known = place == null ? null : read(place, hash);
    if (known != null) {
      return new Found(known, hash, false);
    }
    HashedRead<List<ClipMeasurer.Row>> made = HashedRead.of(file, this::hash, measure);
    if (made.value().getFirst().damage().isEmpty()) { // readers of damaged files may get better
      put(made.sha256(), made.value());
    }
    return new Found(made.value(), made.sha256(), true);
  }

  private void put(String hash, List<ClipMeasurer.Row> rows) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream data = new DataOutputStream(bytes)) {
      data.writeByte('R');
      text(data, hash);
      data.writeInt(rows.size());
      data.writeInt(rows.isEmpty() ? 0 : rows.getFirst().values().length);
      for (ClipMeasurer.Row row : rows) {
        data.writeInt(row.chunk());
        data.writeDouble(row.startSeconds());
        data.writeDouble(row.seconds());
        for (double value : row.values()) {
          data.writeDouble(value);
        }
      }
    }
    append(bytes.toByteArray(), hash);
  }

  /** The rows at a place, or null if they are no longer there. */
  private List<ClipMeasurer.Row> read(Place place, String hash) {
    try {
      FileChannel channel;
      synchronized (this) {
        channel = open.get(place.log());
        if (channel == null) {
          channel = FileChannel.open(place.log(), StandardOpenOption.READ);
          open.put(place.log(), channel);
        }
      }
      ByteBuffer record = ByteBuffer.allocate(HEAD + place.length());
      if (fill(channel, record, place.position() - HEAD) < record.capacity()
          || record.getInt(4) != place.length()
          || !isSound(record)) {
        throw new FileSystemException(place.log().toString(), null, "changed while it was in use");
      }
      return rows(record.position(HEAD), hash);
    } catch (IOException | BufferUnderflowException | IllegalArgumentException e) {
      forget(place, hash);
      warn(
          e instanceof FileSystemException
              ? e
              : new FileSystemException(place.log().toString(), null, damage(e)));
      return null;
    }
  }

  private synchronized void forget(Place place, String hash) {
    results.remove(hash, place);
  }

  private static List<ClipMeasurer.Row> rows(ByteBuffer in, String hash) {
    boolean rows = in.get() == 'R';
    if (!text(in).equals(hash) || !rows) {
      throw new IllegalArgumentException("another record");
    }
    int count = in.getInt();
    int width = in.getInt();
    if (in.remaining() != (long) count * (20 + 8L * width)) {
      throw new IllegalArgumentException("another length");
    }
    List<ClipMeasurer.Row> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int chunk = in.getInt();
      double start = in.getDouble();
      double seconds = in.getDouble();
      double[] values = new double[width];
      for (int c = 0; c < width; c++) {
        values[c] = in.getDouble();
      }
      all.add(new ClipMeasurer.Row(chunk, start, seconds, values));
    }
    return all;
  }

  /** Whether a record has its magic number and its checksum. */
  private static boolean isSound(ByteBuffer record) {
    CRC32 crc = new CRC32();
    crc.update(record.slice(HEAD, record.capacity() - HEAD));
    return record.getInt(0) == MAGIC && crc.getValue() == record.getLong(8);
  }

  /** The SHA-256 of the content; cached while the file's metadata is unchanged. */
  private String hash(Path file, Stat stat) throws IOException {
    String path = file.toAbsolutePath().normalize().toString();
    synchronized (this) {
      Seen known = seen.get(path);
      if (known != null && known.stat().equals(stat)) {
        return known.hash();
      }
    }
    // Of a file written just now, a later change may not show in its metadata.
    boolean recent = stat.isRecent();
    String hash = Sha256.of(file);
    if (recent) {
      return hash;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream data = new DataOutputStream(bytes)) {
      data.writeByte('S');
      text(data, hash);
      text(data, path);
      data.writeLong(stat.bytes());
      data.writeLong(stat.modifiedNanos());
      text(data, stat.inode());
    }
    synchronized (this) {
      seen.put(path, new Seen(stat, hash));
    }
    append(bytes.toByteArray(), null);
    return hash;
  }

  /** Stores a record, unless an earlier one could not be. */
  private synchronized void append(byte[] payload, String hash) {
    if (full) {
      return;
    }
    try {
      if (out == null) {
        out = FileChannel.open(log, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      }
      CRC32 crc = new CRC32();
      crc.update(payload);
      ByteBuffer record = ByteBuffer.allocate(HEAD + payload.length);
      record.putInt(MAGIC).putInt(payload.length).putLong(crc.getValue()).put(payload).flip();
      while (record.hasRemaining()) {
        out.write(record);
      }
      if (hash != null) {
        results.put(hash, new Place(log, written + HEAD, payload.length));
      }
      written += HEAD + payload.length;
    } catch (IOException e) {
      full = true; // the rest of the record is ignored on reading
      warn(
          e instanceof FileSystemException
              ? e
              : new FileSystemException(log.toString(), null, Reason.words(e)));
    }
  }

  /**
   * Reads a log up to an incomplete record, which a killed run or a full disk left at its end.
   *
   * @throws IOException if it cannot be read, or is damaged; the records before count
   */
  private void scan(Path one) throws IOException {
    try (FileChannel in = FileChannel.open(one, StandardOpenOption.READ)) {
      long size = in.size();
      long at = 0;
      ByteBuffer head = ByteBuffer.allocate(HEAD);
      while (at + HEAD <= size) {
        head.clear();
        if (fill(in, head, at) < HEAD) {
          return;
        }
        int length = head.getInt(4);
        if (head.getInt(0) != MAGIC) {
          throw damaged(one, at);
        }
        if (length >= 3 && at + HEAD + length > size) {
          return; // not complete
        }
        ByteBuffer record = ByteBuffer.allocate(HEAD + Math.max(0, length));
        if (length < 3 || fill(in, record, at) < record.capacity() || !isSound(record)) {
          throw damaged(one, at);
        }
        ByteBuffer payload = record.position(HEAD);
        byte kind = payload.get();
        String hash = text(payload);
        if (kind == 'R') {
          results.put(hash, new Place(one, at + HEAD, length));
        } else {
          String path = text(payload);
          Stat stat = new Stat(payload.getLong(), payload.getLong(), text(payload));
          seen.put(path, new Seen(stat, hash));
        }
        at += HEAD + length;
      }
    }
  }

  private static FileSystemException damaged(Path log, long at) {
    return new FileSystemException(
        log.toString(), null, "is damaged after byte " + at + "; delete this file");
  }

  private static int fill(FileChannel in, ByteBuffer to, long at) throws IOException {
    int n = 0;
    while (to.hasRemaining() && n >= 0) {
      n = in.read(to, at + to.position());
    }
    return to.position();
  }

  /** Length and UTF-8 bytes; {@code writeUTF} has another form outside the basic plane. */
  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeShort(bytes.length);
    out.write(bytes);
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[in.getShort() & 0xffff];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void close() {
    List<FileChannel> all = new ArrayList<>(open.values());
    if (out != null) {
      all.add(out);
    }
    for (FileChannel one : all) {
      try {
        one.close();
      } catch (IOException e) {
        // Records that did not arrive are ignored on reading.
      }
    }
  }
}
