package fieldnotes.audio;

import static java.nio.charset.StandardCharsets.UTF_8;

import fieldnotes.common.FolderWalk;
import fieldnotes.common.NameBytes;
import fieldnotes.common.TextBytes;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resolves an entry of a playlist or table to a file, including backslashes, percent escapes,
 * {@code file:} URLs, accents in composed or decomposed form, and names on disk that are not UTF-8.
 *
 * @param path the file, or null
 * @param reason why no file was found, or empty
 */
record ListedPath(Path path, String reason) {
  private static final Pattern ADDRESS =
      Pattern.compile("([a-z][a-z0-9+.-]+):(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final Pattern HOST = Pattern.compile("//([^/]*)(/.*)?", Pattern.DOTALL);

  private static ListedPath none(String reason) {
    return new ListedPath(null, reason);
  }

  /** Resolves an entry relative to the folder, unless it is absolute. */
  static ListedPath of(Path folder, String entry) {
    Set<String> spellings = new LinkedHashSet<>();
    Matcher address = ADDRESS.matcher(entry);
    String scheme = address.matches() ? address.group(1).toLowerCase(Locale.ROOT) : "";
    if (scheme.equals("file")) {
      String path = address.group(2);
      Matcher host = HOST.matcher(path);
      if (host.matches()) {
        if (!host.group(1).isEmpty() && !host.group(1).equalsIgnoreCase("localhost")) {
          return none("lies on another machine (%s)".formatted(host.group(1)));
        }
        path = host.group(2) == null ? "" : host.group(2);
      }
      if (path.matches("/[A-Za-z]:.*")) {
        path = path.substring(1); // file:///C:/music
      }
      spellings.add(unescaped(path));
      spellings.add(path);
    } else {
      spellings.add(entry);
      spellings.add(entry.replace('\\', '/'));
      List.copyOf(spellings).forEach(one -> spellings.add(unescaped(one)));
    }
    ListedPath found = first(folder, spellings);
    boolean network = !scheme.isEmpty() && !scheme.equals("file") && entry.contains("://");
    return found.path == null && network
        ? none("is a network address (%s): only files can be read".formatted(scheme))
        : found;
  }

  private static ListedPath first(Path folder, Set<String> spellings) {
    String reason = "";
    if (spellings.stream().allMatch(String::isBlank)) {
      return none("the entry is empty: it names no file");
    }
    for (String one : spellings) {
      Set<String> forms = new LinkedHashSet<>();
      forms.add(one);
      forms.add(Normalizer.normalize(one, Normalizer.Form.NFC));
      forms.add(Normalizer.normalize(one, Normalizer.Form.NFD));
      for (String form : forms) {
        try {
          Path path = folder.resolve(form);
          if (Files.isRegularFile(path)) {
            return new ListedPath(path, "");
          }
          if (Files.exists(path)) {
            reason = Files.isDirectory(path) ? "is a folder, not a file" : FolderWalk.special(path);
          } else if (!reason.startsWith("is a")) {
            reason = "there is no such file";
          }
        } catch (InvalidPathException e) {
          reason = reason.isEmpty() ? "is not a path: " + e.getReason() : reason;
        }
      }
    }
    for (String one : spellings) {
      boolean windows = WINDOWS.newEncoder().canEncode(one);
      for (byte[] name :
          List.of(one.getBytes(windows ? WINDOWS : UTF_8), NameBytes.unescaped(one))) {
        try {
          Path path = NameBytes.path(folder, name);
          if (Files.isRegularFile(path)) {
            return new ListedPath(path, "");
          }
        } catch (IllegalArgumentException e) {
          // no path: said above
        }
      }
    }
    return none(reason);
  }

  /** Decodes percent escapes, as text in any common encoding; other characters are kept. */
  private static String unescaped(String text) {
    return text.indexOf('%') < 0 ? text : TextBytes.of(NameBytes.unescaped(text)).text();
  }
}
