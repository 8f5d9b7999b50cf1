package fieldnotes.data;

import fieldnotes.common.Progress;
import fieldnotes.common.Quoted;
import fieldnotes.common.Reason;
import fieldnotes.common.WholeFile;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Unpacks downloaded archives safely, whatever their headers say: only plain files, only inside the
 * target folder, each name once, within limits of size and number. What is wrong with an archive is
 * an {@code IOException}; what is wrong with this disk a {@code FileSystemException}.
 */
final class Unpack {
  private static final int MOST_ENTRIES = 200_000;

  /** What the headers of an entry may take, in bytes. */
  private static final long HEADERS = 4096;

  private final Path folder;
  private final int strip;
  private final long mostBytes;
  private final Progress progress;
  private final Map<String, String> names = new HashMap<>();
  private long bytes;
  private int entries;

  private Unpack(Path folder, int strip, long mostBytes, Progress progress) {
    this.folder = folder.toAbsolutePath().normalize();
    this.strip = strip;
    this.mostBytes = mostBytes;
    this.progress = progress;
  }

  /**
   * Unpacks a {@code tgz} or {@code zip}.
   *
   * @param strip number of leading folders to remove from each name
   * @param mostBytes maximum unpacked size
   * @throws FileSystemException if this disk cannot be written or the archive not be read from it
   * @throws IOException if the archive is damaged, too large, or has a link, a device or a path
   *     outside the folder; files written before the error are kept
   */
  static void unpack(Path archive, String format, Path folder, int strip, long mostBytes)
      throws IOException {
    try (Progress progress = Progress.start("unpacking " + archive.getFileName(), 0)) {
      Unpack unpack = new Unpack(folder, strip, mostBytes, progress);
      if (format.equals("zip")) {
        unpack.zip(archive);
      } else {
        unpack.tgz(archive);
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IOException("it is damaged: " + Reason.words(e), e);
    } catch (EOFException e) {
      throw new IOException("it is damaged or cut short", e);
    } catch (OutOfMemoryError e) {
      throw new IOException("its headers ask for more memory than there is", e);
    }
  }

  private void tgz(Path archive) throws IOException {
    try (InputStream in =
            new BufferedInputStream(new OfDisk(archive, Files.newInputStream(archive)), 1 << 16);
        InputStream plain = new Bounded(new GZIPInputStream(in, 1 << 16));
        TarArchiveInputStream tar = new TarArchiveInputStream(plain)) {
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        count();
        if (e.isDirectory() || e.isGlobalPaxHeader()) {
          continue;
        }
        boolean device = e.isCharacterDevice() || e.isBlockDevice() || e.isFIFO();
        if (!e.isFile() || e.isSymbolicLink() || e.isLink() || e.isSparse() || device) {
          throw new IOException("it holds '" + shown(e.getName()) + "', a link or a device");
        }
        write(e.getName(), e.getSize(), tar);
      }
    }
  }

  private void zip(Path archive) throws IOException {
    try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
      Enumeration<ZipArchiveEntry> all = zip.getEntries();
      while (all.hasMoreElements()) {
        ZipArchiveEntry e = all.nextElement();
        count();
        if (e.isDirectory()) {
          continue;
        }
        if (e.isUnixSymlink()) {
          throw new IOException("it holds '" + shown(e.getName()) + "', a link");
        }
        if (!zip.canReadEntryData(e)) {
          throw new IOException(
              "it holds '"
                  + shown(e.getName())
                  + "', which is encrypted or packed in an unknown way");
        }
        try (InputStream in = zip.getInputStream(e)) {
          write(e.getName(), e.getSize(), in);
        }
      }
    }
  }

  private void count() throws IOException {
    if (++entries > MOST_ENTRIES) {
      throw new IOException(
          String.format(Locale.ROOT, "it holds more than %,d files", MOST_ENTRIES));
    }
  }

  /** Writes a file of the size that its header says, -1 if it says none. */
  private void write(String name, long size, InputStream in) throws IOException {
    Path target = target(name);
    if (target == null) {
      return;
    }
    if (size > mostBytes - bytes) {
      throw tooLarge();
    }
    long written = 0;
    byte[] buffer = new byte[1 << 16];
    WholeFile.makeFolder(target.getParent());
    try (OutputStream out = new ToDisk(target)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        written += n;
        if (n > mostBytes - bytes) {
          throw tooLarge();
        }
        if (size >= 0 && written > size) {
          throw new IOException(otherSize(name, size));
        }
        bytes += n;
        out.write(buffer, 0, n);
        progress.advance(0);
      }
    }
    if (size >= 0 && written != size) {
      throw new IOException(otherSize(name, size));
    }
    progress.note(shown(name));
    progress.advance(1);
  }

  private static String otherSize(String name, long size) {
    return String.format(
        Locale.ROOT, "'%s' has another size than the %,d bytes its header says", shown(name), size);
  }

  private IOException tooLarge() {
    return new IOException("unpacked it is larger than " + Sizes.of(mostBytes));
  }

  /** The target of an archive name, or null if it is stripped entirely. */
  private Path target(String name) throws IOException {
    try {
      String plain = name.replace('\\', '/');
      if (plain.chars().anyMatch(c -> c < 32 || (c >= 127 && c < 160))) {
        throw new IOException("it holds '" + shown(name) + "', a name with control characters");
      }
      Path path = folder.getFileSystem().getPath(plain);
      boolean climbs = false;
      for (Path step : path) {
        climbs |= step.toString().equals("..");
      }
      if (path.isAbsolute() || climbs || plain.matches("[A-Za-z]:.*")) {
        throw new IOException("it holds '" + shown(name) + "', which points outside the folder");
      }
      path = path.normalize();
      if (path.getNameCount() <= strip) {
        return null;
      }
      Path inside = path.subpath(strip, path.getNameCount());
      Path target = folder.resolve(inside).normalize();
      if (!target.startsWith(folder) || target.equals(folder)) {
        throw new IOException("it holds '" + shown(name) + "', which points outside the folder");
      }
      String folded =
          Normalizer.normalize(inside.toString(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
      String other = names.putIfAbsent(folded, name);
      if (other != null) {
        throw new IOException(
            "it holds '%s' and '%s', which are one file on some disks"
                .formatted(shown(other), shown(name)));
      }
      return target;
    } catch (InvalidPathException e) {
      throw new IOException("it holds the invalid file name '" + shown(name) + "'", e);
    }
  }

  /** A name of at most 200 characters, without control characters. */
  private static String shown(String name) {
    return Quoted.line(name.length() > 200 ? name.substring(0, 200) + "…" : name);
  }

  /** An uncompressed tar file, its headers included, of bounded length. */
  private final class Bounded extends FilterInputStream {
    private long read;

    Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      return counted(in.read(), 1);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int n = in.read(to, offset, length);
      return counted(n, n);
    }

    @Override
    public long skip(long n) throws IOException {
      long skipped = in.skip(n);
      counted(0, skipped);
      return skipped;
    }

    private int counted(int result, long more) throws IOException {
      read += result < 0 ? 0 : more;
      if (read > mostBytes + HEADERS * (entries + 1L) + (1 << 20)) {
        throw tooLarge();
      }
      return result;
    }
  }

  /** Of a failure to read the archive says that it is this disk's. */
  private static final class OfDisk extends FilterInputStream {
    private final Path file;

    OfDisk(Path file, InputStream in) {
      super(in);
      this.file = file;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      try {
        return in.read(to, offset, length);
      } catch (IOException e) {
        throw new FileSystemException(file.toString(), null, Reason.words(e));
      }
    }
  }

  /** A file, of which a failure to write says that it is this disk's. */
  private static final class ToDisk extends OutputStream {
    private final Path file;
    private final OutputStream out;

    ToDisk(Path file) throws IOException {
      this.file = file;
      out = Files.newOutputStream(file);
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      try {
        out.write(from, offset, length);
      } catch (IOException e) {
        throw new FileSystemException(file.toString(), null, Reason.words(e));
      }
    }

    @Override
    public void close() throws IOException {
      try {
        out.close();
      } catch (IOException e) {
        throw new FileSystemException(file.toString(), null, Reason.words(e));
      }
    }
  }
}
