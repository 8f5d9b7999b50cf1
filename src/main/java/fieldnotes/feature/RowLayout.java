package fieldnotes.feature;

import fieldnotes.audio.SoundFiles;
import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The columns of a table of features: those that identify a row, then those of the set.
 *
 * @param labelled whether there is a column of labels
 */
record RowLayout(FeatureSet set, FeatureOptions options, boolean labelled) {
  static final String DAMAGE = "damage";

  /** A table of these columns, without rows. */
  Table table(SoundFiles source) {
    Table table =
        Table.create(
            "features of %s: %d files".formatted(source.name(), source.items().size()),
            StringColumn.create("file"));
    if (labelled) {
      table.addColumns(StringColumn.create("label"));
    }
    table.addColumns(IntColumn.create("chunk"));
    for (String name : options.perFrame() ? List.of("time_s") : List.of("start_s", "duration_s")) {
      table.addColumns(DoubleColumn.create(name));
    }
    if (options.tolerateDamage()) {
      table.addColumns(StringColumn.create(DAMAGE));
    }
    for (String name : options.perFrame() ? set.frameColumns() : set.columns()) {
      table.addColumns(DoubleColumn.create(name));
    }
    return table;
  }

  /** The cells of a row, in this order. */
  Object[] cells(SoundFiles.Item item, ClipMeasurer.Row row) {
    List<Object> cells = new ArrayList<>();
    cells.add(item.name());
    if (labelled) {
      cells.add(item.label());
    }
    cells.add(row.chunk());
    cells.add(row.startSeconds());
    if (!options.perFrame()) {
      cells.add(row.seconds());
    }
    if (options.tolerateDamage()) {
      cells.add(row.damage());
    }
    for (double value : row.values()) {
      cells.add(value);
    }
    return cells.toArray();
  }
}
