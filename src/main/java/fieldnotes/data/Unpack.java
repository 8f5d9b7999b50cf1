package fieldnotes.data;

import fieldnotes.common.Progress;
import fieldnotes.common.WholeFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Unpacks downloaded archives safely: only plain files, only inside the target folder, within size
 * and count limits.
 */
final class Unpack {
  private static final int MOST_FILES = 200_000;

  private final Path folder;
  private final int strip;
  private final long mostBytes;
  private final Progress progress;
  private long bytes;
  private int files;

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
    }
  }

  private void tgz(Path archive) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(in, 1 << 16))) {
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        if (e.isDirectory() || e.isGlobalPaxHeader()) {
          continue;
        }
        if (!e.isFile() || e.isSymbolicLink() || e.isLink()) {
          throw new IOException("it holds '" + e.getName() + "', a link or a device");
        }
        write(e.getName(), tar);
      }
    }
  }

  private void zip(Path archive) throws IOException {
    try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
      Enumeration<ZipArchiveEntry> entries = zip.getEntries();
      while (entries.hasMoreElements()) {
        ZipArchiveEntry e = entries.nextElement();
        if (e.isDirectory()) {
          continue;
        }
        if (e.isUnixSymlink()) {
          throw new IOException("it holds '" + e.getName() + "', a link");
        }
        try (InputStream in = zip.getInputStream(e)) {
          write(e.getName(), in);
        }
      }
    }
  }

  private void write(String name, InputStream in) throws IOException {
    Path target = target(name);
    if (target == null) {
      return;
    }
    if (++files > MOST_FILES) {
      throw new IOException(String.format(Locale.ROOT, "it holds more than %,d files", MOST_FILES));
    }
    WholeFile.makeFolder(target.getParent());
    byte[] buffer = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(target)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        bytes += n;
        if (bytes > mostBytes) {
          throw new IOException("unpacked it is larger than " + Sizes.of(mostBytes));
        }
        out.write(buffer, 0, n);
        progress.advance(0);
      }
    }
    progress.note(name);
    progress.advance(1);
  }

  /** The target of an archive name, or null if it is stripped entirely. */
  private Path target(String name) throws IOException {
    try {
      String plain = name.replace('\\', '/');
      Path path = Path.of(plain);
      boolean climbs = false;
      for (Path step : path) {
        climbs |= step.toString().equals("..");
      }
      if (path.isAbsolute() || climbs || plain.matches("[A-Za-z]:.*")) {
        throw new IOException("it holds '" + name + "', which points outside the folder");
      }
      path = path.normalize();
      if (path.getNameCount() <= strip) {
        return null;
      }
      Path target = folder.resolve(path.subpath(strip, path.getNameCount())).normalize();
      if (!target.startsWith(folder) || target.equals(folder)) {
        throw new IOException("it holds '" + name + "', which points outside the folder");
      }
      return target;
    } catch (InvalidPathException e) {
      throw new IOException("it holds the invalid file name '" + name + "'", e);
    }
  }
}
