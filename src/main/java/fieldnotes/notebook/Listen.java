package fieldnotes.notebook;

import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.audio.ReadOptions;
import fieldnotes.common.Check;
import fieldnotes.table.Matrix;
import fieldnotes.table.Samples;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Audio players for rows computed from sound files; a note for other rows. */
public final class Listen {
  private static final double SECONDS = 4;

  private Listen() {}

  /** Whether the rows have sound files. */
  public static boolean can(Samples rows) {
    return rows.folder().isPresent() && rows.table().containsColumn("start_s");
  }

  /** Players for up to four seconds of each of these rows, by row number. */
  public static Html to(Samples rows, int... numbers) {
    if (!can(rows)) {
      return note(rows.id() + " is a table of numbers: there is nothing to hear");
    }
    return numbers.length == 0 ? note("there is no such row") : Show.clips(clips(rows, numbers));
  }

  /** Small players for groups of rows, such as clusters: a row of them for each, with its name. */
  public static Html to(Samples rows, Map<String, int[]> groups) {
    if (!can(rows)) {
      return to(rows);
    }
    StringBuilder html = new StringBuilder();
    StringJoiner text = new StringJoiner("\n");
    groups.forEach(
        (name, numbers) -> {
          html.append("<h4 style=\"margin:10px 0 2px\">").append(Html.escape(name));
          html.append("</h4><div style=\"display:flex;flex-wrap:wrap;gap:6px 14px\">");
          text.add(name + ":");
          for (Clip clip : clips(rows, numbers)) {
            Html player = Show.small(clip, SECONDS);
            html.append(player.html());
            text.add("  " + player.text());
          }
          html.append(numbers.length == 0 ? note("there is no such row").html() : "");
          html.append("</div>");
        });
    return new Html(html.toString(), text.toString());
  }

  /**
   * The file of each row.
   *
   * @throws IllegalArgumentException if the rows have no sound files
   */
  public static List<Path> files(Samples rows) {
    Check.that(can(rows), "%s is a table of numbers: its rows have no files", rows.id());
    Path folder = rows.folder().orElseThrow();
    return rows.table().stringColumn("file").asList().stream().map(folder::resolve).toList();
  }

  /** Up to four seconds of each of these rows, by row number. */
  static List<Clip> clips(Samples rows, int... numbers) {
    List<Path> files = files(rows);
    double[] start = Matrix.column(rows.table(), "start_s");
    double[] seconds = Matrix.column(rows.table(), "duration_s");
    return Arrays.stream(numbers)
        .mapToObj(
            i -> {
              Check.that(i >= 0 && i < files.size(), "row=%d: there are %d rows", i, files.size());
              ReadOptions part =
                  ReadOptions.all()
                      .withPart(start[i], Math.min(SECONDS, seconds[i]))
                      .withTolerateDamage(rows.table().containsColumn("damage"));
              String known = rows.classes().get(i).isEmpty() ? "" : rows.classes().get(i) + " · ";
              return AudioFiles.read(files.get(i), part).withName(known + rows.names().get(i));
            })
        .toList();
  }

  private static Html note(String text) {
    return new Html("<p>" + Html.escape(text) + "</p>", text);
  }
}
