package fieldnotes.detect;

import fieldnotes.common.Components;
import fieldnotes.table.Samples;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which rows are kept together when they are split: those of one recording, and those of another
 * group that was asked for.
 *
 * @param groups the group of each row
 * @param name what a group is called
 * @param by what the rows are kept together by
 * @param why why there are fewer groups than were asked for; empty if there are as many
 */
record RowGroups(List<String> groups, String name, String by, String why) {
  private static final String RECORDING = "recording";

  /** What a group is called where each row is one. */
  static final String ROW = "row";

  /**
   * Groups of rows.
   *
   * @param group what was asked for; empty for recordings if the rows have them, otherwise each row
   *     by itself
   */
  static RowGroups of(Samples rows, String group) {
    boolean recorded = rows.groupNames().contains(RECORDING);
    if (group.isEmpty()) {
      return recorded
          ? new RowGroups(rows.groups(RECORDING), RECORDING, RECORDING, "")
          : new RowGroups(each(rows), ROW, ROW, "");
    }
    List<String> asked = asked(rows, group);
    if (!recorded || group.equals(RECORDING)) {
      return new RowGroups(asked, group, group, "");
    }
    List<String> recordings = rows.groups(RECORDING);
    List<String> some = // without the group, rows are only together with those of their recording
        IntStream.range(0, asked.size())
            .mapToObj(
                i -> asked.get(i).isEmpty() ? RECORDING + " " + recordings.get(i) : asked.get(i))
            .toList();
    List<String> joined = Components.of(some, recordings);
    int before = new HashSet<>(some).size();
    int after = new HashSet<>(joined).size();
    return after == before
        ? new RowGroups(joined, group, group, "")
        : new RowGroups(
            joined,
            "group",
            "%s and %s".formatted(group, RECORDING),
            "; rows with the same %s or %s stay together, which makes %s group%s of %s"
                .formatted(group, RECORDING, after, after == 1 ? "" : "s", before));
  }

  private static List<String> each(Samples rows) {
    return IntStream.range(0, rows.rowCount()).mapToObj(i -> "row " + i).toList();
  }

  private static List<String> asked(Samples rows, String group) {
    return rows.groupNames().contains(group) || !rows.table().containsColumn(group)
        ? rows.groups(group)
        : List.of(rows.table().column(group).asStringColumn().asObjectArray());
  }
}
