package fieldnotes.common;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Why a file could not be read or written, in plain words on one line: {@code out/a.csv: disk full
 * (no space left on device); free some space or choose another folder}.
 */
public final class Reason {
  /** What the operating systems say, in lower case, and what it means. */
  private static final Map<String, String> SYSTEM = new LinkedHashMap<>();

  static {
    String space = "free some space or choose another folder";
    SYSTEM.put("no space left on device", "disk full (no space left on device); " + space);
    SYSTEM.put("not enough space on the disk", "disk full; " + space);
    SYSTEM.put("disk quota exceeded", "disk full (quota exceeded); " + space);
    SYSTEM.put("read-only file system", "read-only file system; choose another folder");
    SYSTEM.put("permission denied", "permission denied");
    SYSTEM.put("access is denied", "permission denied");
    SYSTEM.put("operation not permitted", "permission denied (operation not permitted)");
    SYSTEM.put(
        "too many open files", "too many open files; raise the limit, for example ulimit -n 1024");
    SYSTEM.put("input/output error", "input/output error; the disk or its connection may be bad");
    SYSTEM.put("file name too long", "the file name is too long");
    SYSTEM.put("is a directory", "a folder, not a file");
    SYSTEM.put("not a directory", "a part of the path is a file, not a folder");
    SYSTEM.put("directory not empty", "the folder is not empty");
    SYSTEM.put("no such file or directory", "there is no such file");
    SYSTEM.put("file exists", "it exists already");
    SYSTEM.put("file too large", "the file is too large for this disk");
    SYSTEM.put("device or resource busy", "in use by another program");
    SYSTEM.put("being used by another process", "in use by another program");
    SYSTEM.put("text file busy", "in use by another program");
    SYSTEM.put("too many levels of symbolic links", "a link that leads to itself");
    SYSTEM.put("invalid cross-device link", "cannot be moved from one disk to another");
    SYSTEM.put("stale file handle", "the network folder is no longer there (stale file handle)");
    SYSTEM.put("cannot allocate memory", "not enough memory");
    SYSTEM.put("no locks available", "this disk allows no file locks; choose another folder");
    SYSTEM.put("resource temporarily unavailable", "not available now; try again");
  }

  private Reason() {}

  /**
   * The file, if it is known, and why.
   *
   * @return one line; the message of what is no input or output error
   */
  public static String of(Throwable thrown) {
    Throwable bare = bare(thrown);
    String why = words(bare);
    String file = bare instanceof FileSystemException e ? e.getFile() : null;
    return file == null ? why : oneLine(file) + ": " + why;
  }

  /** Why, without the file. */
  public static String words(Throwable thrown) {
    Throwable bare = bare(thrown);
    return switch (bare) {
      case FileSystemLoopException _ -> "link to a folder above it";
      case NoSuchFileException _ -> "there is no such file";
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "it exists already";
      case NotDirectoryException _ -> "not a folder";
      case DirectoryNotEmptyException _ -> "the folder is not empty";
      case NotLinkException _ -> "not a link";
      case AtomicMoveNotSupportedException _ -> "cannot be moved from one disk to another";
      case ReadOnlyFileSystemException _ -> SYSTEM.get("read-only file system");
      case ClosedByInterruptException _ -> "interrupted";
      case ClosedChannelException _ -> "closed while it was in use";
      case CharacterCodingException _ -> "not UTF-8 text";
      case EOFException e when e.getMessage() == null -> "is truncated";
      case FileSystemException e -> e.getReason() == null ? "cannot be used" : plain(e.getReason());
      case FileNotFoundException e -> plain(String.valueOf(e.getMessage()));
      default ->
          bare.getMessage() == null ? bare.getClass().getSimpleName() : plain(bare.getMessage());
    };
  }

  /**
   * An exception that says what was tried, then file and reason.
   *
   * @param what for example {@code cannot write the journal}
   */
  public static UncheckedIOException unchecked(String what, IOException why) {
    return new UncheckedIOException(what + ": " + of(why), why);
  }

  /** An exception of this file in place of one that names none, or a temporary one. */
  static IOException named(Path file, IOException why) {
    FileSystemException named =
        why instanceof AccessDeniedException
            ? new AccessDeniedException(file.toString())
            : new FileSystemException(file.toString(), null, words(why));
    named.initCause(why);
    return named;
  }

  /** Without the wrappers that add no words of their own. */
  private static Throwable bare(Throwable thrown) {
    Throwable bare = thrown;
    while (bare instanceof DirectoryIteratorException
        || (bare instanceof UncheckedIOException
            && String.valueOf(bare.getMessage()).equals(String.valueOf(bare.getCause())))) {
      bare = bare.getCause();
    }
    return bare;
  }

  private static String plain(String text) {
    String line = oneLine(text);
    String lower = line.toLowerCase(Locale.ROOT);
    for (Map.Entry<String, String> one : SYSTEM.entrySet()) {
      if (lower.equals(one.getKey())) {
        return one.getValue();
      }
    }
    for (Map.Entry<String, String> one : SYSTEM.entrySet()) {
      if (lower.contains(one.getKey()) && !line.contains(one.getValue())) {
        int at = lower.indexOf(one.getKey());
        return line.substring(0, at) + one.getValue() + line.substring(at + one.getKey().length());
      }
    }
    return line;
  }

  private static String oneLine(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining(" "));
  }
}
