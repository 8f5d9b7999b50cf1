package fieldnotes.data;

import fieldnotes.common.Progress;
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
 * Unpacks archives that came from elsewhere. Only plain files are written, only below the folder
 * given, and no more of them than was expected.
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
   * @param strip leading folders of each name to leave out
   * @param mostBytes refuse an archive that holds more than this
   * @throws IOException if the archive is damaged, or has a name that leads out of the folder, a
   *     link, a device, or more than it may; what was written until then stays
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
    Files.createDirectories(target.getParent());
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

  /** Where a name of the archive goes, or null where all of it is stripped. */
  private Path target(String name) throws IOException {
    try {
      String plain = name.replace('\\', '/');
      Path path = Path.of(plain);
      boolean climbs = false;
      for (Path step : path) {
        climbs |= step.toString().equals("..");
      }
      if (path.isAbsolute() || climbs || plain.matches("[A-Za-z]:.*")) {
        throw new IOException("it holds '" + name + "', which leads out of its folder");
      }
      path = path.normalize();
      if (path.getNameCount() <= strip) {
        return null;
      }
      Path target = folder.resolve(path.subpath(strip, path.getNameCount())).normalize();
      if (!target.startsWith(folder) || target.equals(folder)) {
        throw new IOException("it holds '" + name + "', which leads out of its folder");
      }
      return target;
    } catch (InvalidPathException e) {
      throw new IOException("it holds a name that is none here: '" + name + "'", e);
    }
  }
}
