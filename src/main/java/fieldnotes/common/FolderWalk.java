package fieldnotes.common;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files below a folder. Links are followed; hidden files and folders are skipped. What cannot
 * be read is reported in {@code failures} and does not stop the walk.
 *
 * @param folder start folder
 * @param files regular files, sorted by {@link #name}, the same on every machine
 * @param failures what could not be read, with the reason, in the same order: unreadable folders,
 *     broken or circular links, files that vanished, FIFOs, sockets and devices
 */
public record FolderWalk(Path folder, List<Path> files, Map<Path, String> failures) {
  public FolderWalk {
    files = List.copyOf(files);
    failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
  }

  /** Lists files at any depth. */
  public static FolderWalk of(Path folder) {
    return of(folder, Integer.MAX_VALUE);
  }

  /**
   * Lists files down to a depth.
   *
   * @param depth at least 1, which is the folder itself
   */
  public static FolderWalk of(Path folder, int depth) {
    Check.atLeast("depth", depth, 1);
    Visitor visitor = new Visitor(folder);
    try {
      Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, visitor);
    } catch (IOException e) {
      visitor.failures.put(folder, reason(e)); // the visitor itself does not throw
    }
    visitor.files.sort(Comparator.comparing(file -> name(folder, file)));
    return new FolderWalk(folder, visitor.files, visitor.failures);
  }

  /** The path of a file relative to the folder, with forward slashes. */
  public String name(Path file) {
    return name(folder, file);
  }

  /**
   * The text of a path with forward slashes; other characters stay, a backslash in a name too. Of a
   * name that is not UTF-8 as {@link NameBytes#text}.
   */
  public static String slashes(Path path) {
    return NameBytes.text(path);
  }

  private static String name(Path folder, Path file) {
    return slashes(folder.relativize(file));
  }

  /** File extension in lower case, such as {@code wav}; empty if there is none. */
  public static String ending(Path file) {
    return ending(String.valueOf(file.getFileName()));
  }

  /** As {@link #ending(Path)}, for a name that may not be a valid path. */
  public static String ending(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    int dot = last.lastIndexOf('.');
    return dot < 0 ? "" : last.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /** The reason why something could not be read. */
  private static String reason(IOException e) {
    return switch (e) {
      case FileSystemLoopException _, AccessDeniedException _, NoSuchFileException _ ->
          Reason.words(e);
      default -> "cannot be read: " + Reason.words(e);
    };
  }

  /** What a file is that is neither a regular file nor a folder; it is not opened. */
  public static String special(Path file) {
    int kind;
    try {
      kind = (Integer) Files.getAttribute(file, "unix:mode") & 0xF000;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      kind = 0;
    }
    return switch (kind) {
      case 0x1000 -> "is a FIFO, not a regular file";
      case 0xC000 -> "is a socket, not a regular file";
      case 0x2000, 0x6000 -> "is a device, not a regular file";
      default -> "is not a regular file";
    };
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final List<Path> files = new ArrayList<>();
    private final Map<Path, String> failures;

    Visitor(Path folder) {
      this.folder = folder;
      this.failures = new TreeMap<>(Comparator.comparing(path -> name(folder, path)));
    }

    private boolean hidden(Path path) {
      return !path.equals(folder) && path.getFileName().toString().startsWith(".");
    }

    @Override
    public FileVisitResult preVisitDirectory(Path sub, BasicFileAttributes attributes) {
      return hidden(sub) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (hidden(file) || attributes.isDirectory()) {
        return FileVisitResult.CONTINUE; // a directory here is below the maximum depth
      }
      if (attributes.isRegularFile()) {
        files.add(file);
      } else if (attributes.isSymbolicLink()) {
        failures.put(file, "broken link");
      } else {
        failures.put(file, special(file));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException why) {
      if (!hidden(file)) {
        failures.put(file, reason(why));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path sub, IOException why) {
      if (why != null) {
        failures.put(sub, "could not be listed completely: " + reason(why));
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
