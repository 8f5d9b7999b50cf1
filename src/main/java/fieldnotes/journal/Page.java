package fieldnotes.journal;

import fieldnotes.table.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Renders {@code JOURNAL.md} from the runs; the same runs give the same bytes. */
final class Page {
  private static final int RUN_COLUMNS = 8;

  private final StringBuilder out = new StringBuilder();

  private Page() {}

  static String of(Book book) {
    return new Page().write(book);
  }

  private String write(Book book) {
    out.append("# Journal\n\n");
    out.append(
        "What was tried, on which data, with which settings, and what came out. The notebooks write"
            + " it: this page is made from `data/journal.jsonl`, so change a notebook and run it"
            + " again rather than this page.\n\n");
    for (Book.Chapter chapter : book.chapters()) {
      out.append("- [").append(Markdown.plain(chapter.name())).append("](#");
      out.append(chapter.anchor()).append(")\n");
      for (Book.Story story : chapter.stories()) {
        out.append("  - [").append(Markdown.plain(story.title())).append("](#");
        out.append(story.anchor()).append(")\n");
      }
    }
    for (Book.Chapter chapter : book.chapters()) {
      out.append("\n<a id=\"").append(chapter.anchor()).append("\"></a>\n\n## ");
      out.append(Markdown.plain(chapter.name())).append('\n');
      chapter.stories().forEach(this::story);
    }
    return out.toString().strip() + "\n";
  }

  private void story(Book.Story story) {
    Run run = story.latest();
    out.append("\n<a id=\"").append(story.anchor()).append("\"></a>\n\n### ");
    out.append(Markdown.plain(story.title())).append("\n\n");
    out.append(origin(run)).append("\n\n");
    if (!run.options().isEmpty()) {
      out.append("**Settings:** ").append(pairs(run.options())).append(".\n\n");
    }
    boolean metricsPlaced = false;
    for (Block block : run.blocks()) {
      switch (block) {
        case Block.Text text -> {
          String safe = Markdown.safe(text.markdown());
          out.append(safe).append(safe.isEmpty() ? "" : "\n\n");
        }
        case Block.Metrics place -> {
          metrics(story);
          metricsPlaced = true;
        }
        case Block.Grid grid -> grid(grid);
        case Block.Picture picture -> picture(picture);
      }
    }
    if (!metricsPlaced && !run.metrics().isEmpty()) {
      metrics(story);
    }
    changes(story);
    words("What we found", run.conclusion());
    words("Next", run.next());
    if (story.runs().size() > 1) {
      runs(story);
    }
    out.append("<sub>").append(madeWith(run)).append("</sub>\n");
  }

  private static String origin(Run run) {
    List<String> parts = new ArrayList<>();
    parts.add(run.date().toString());
    if (!run.notebook().isEmpty()) {
      String file = run.notebook().substring(run.notebook().lastIndexOf('/') + 1);
      String name = Markdown.plain(file.replaceFirst("\\.ipynb$", ""));
      String address = run.notebook().replaceAll("[<>\\p{Cntrl}\\\\]", "").replace(" ", "%20");
      parts.add(Markdown.safeAddress(address) ? "[" + name + "](<" + address + ">)" : name);
    }
    run.data()
        .forEach(
            (id, hash) ->
                parts.add(
                    "data "
                        + Markdown.plain(id)
                        + (hash.isEmpty() ? "" : " (" + Markdown.plain(run.shortHash(id)) + ")")));
    if (!run.seed().isEmpty()) {
      parts.add("seed " + Markdown.plain(run.seed()));
    }
    return "*" + String.join(" · ", parts) + "*";
  }

  private static String pairs(Map<String, String> map) {
    return map.entrySet().stream()
        .map(e -> Markdown.plain(e.getKey()) + " = " + Markdown.plain(e.getValue()))
        .collect(Collectors.joining(", "));
  }

  private void metrics(Book.Story story) {
    Run run = story.latest();
    if (run.metrics().isEmpty()) {
      return;
    }
    out.append("| metric | value | better is |\n| --- | ---: | --- |\n");
    for (Metric metric : run.metrics()) {
      out.append("| ").append(Markdown.plain(metric.name())).append(" | ");
      out.append(Markdown.plain(metric.text())).append(" | ");
      out.append(
          switch (metric.better()) {
            case HIGHER -> "higher";
            case LOWER -> "lower";
            case NEITHER -> "";
          });
      out.append(" |\n");
    }
    out.append('\n');
  }

  private void grid(Block.Grid grid) {
    out.append("**").append(Markdown.plain(grid.name())).append("**\n\n|");
    for (String column : grid.columns()) {
      out.append(' ').append(Markdown.plain(column)).append(" |");
    }
    out.append("\n|");
    for (boolean numeric : grid.numeric()) {
      out.append(numeric ? " ---: |" : " --- |");
    }
    out.append('\n');
    for (List<String> row : grid.aligned()) {
      out.append('|');
      for (String cell : row) {
        out.append(' ').append(cell == null ? "–" : Markdown.plain(cell)).append(" |");
      }
      out.append('\n');
    }
    if (grid.leftOut() > 0) {
      out.append("\n*… and ").append(grid.leftOut()).append(" more rows.*\n");
    }
    out.append('\n');
  }

  private void picture(Block.Picture picture) {
    out.append("<img src=\"").append(picture.file()).append("\" width=\"");
    out.append(picture.width()).append("\" alt=\"");
    out.append(Markdown.attribute(picture.alt())).append("\">\n\n");
    if (picture.sound().isEmpty()) {
      out.append('*').append(Markdown.plain(picture.name())).append("*\n\n");
    } else {
      out.append("*").append(Markdown.plain(picture.name())).append("*: [listen](");
      out.append(picture.sound()).append("), ");
      out.append(Numbers.text(Math.round(picture.seconds() * 10) / 10.0)).append(" s\n\n");
    }
  }

  private void changes(Book.Story story) {
    List<Change> changes = story.changes();
    if (changes.isEmpty()) {
      return;
    }
    out.append("**Changed since ").append(story.label(story.before().orElseThrow()));
    out.append(":**\n\n");
    for (Change change : changes) {
      out.append("- ").append(Markdown.plain(change.toString())).append('\n');
    }
    out.append('\n');
  }

  private void words(String head, String markdown) {
    if (!markdown.isBlank()) {
      out.append(Markdown.safe("**" + head + ".**", markdown)).append("\n\n");
    }
  }

  /** A table of all runs of an entry, one line each, newest first. */
  private void runs(Book.Story story) {
    out.append("<details>\n<summary>All ").append(story.runs().size());
    out.append(" runs</summary>\n\n");
    List<String> options = story.differingOptions();
    Set<String> metrics = new LinkedHashSet<>();
    story.runs().reversed().forEach(r -> r.metrics().forEach(m -> metrics.add(m.name())));
    List<String> shown = metrics.stream().limit(RUN_COLUMNS).toList();
    out.append("| run | date |");
    options.forEach(o -> out.append(' ').append(Markdown.plain(o)).append(" |"));
    shown.forEach(m -> out.append(' ').append(Markdown.plain(m)).append(" |"));
    out.append(" commit |\n| ---: | --- |").append(" --- |".repeat(options.size()));
    out.append(" ---: |".repeat(shown.size())).append(" --- |\n");
    List<Run> newest = story.runs().reversed();
    Map<String, List<String>> texts = new LinkedHashMap<>();
    for (String name : shown) {
      texts.put(
          name,
          Numbers.aligned(
              newest.stream().map(r -> r.metric(name).map(Metric::text).orElse("")).toList()));
    }
    for (int i = 0; i < newest.size(); i++) {
      Run run = newest.get(i);
      out.append("| ").append(story.number(run)).append(" | ").append(run.date()).append(" |");
      for (String option : options) {
        String value = run.options().getOrDefault(option, "");
        out.append(' ').append(Markdown.plain(value)).append(" |");
      }
      for (String name : shown) {
        String text = Markdown.plain(texts.get(name).get(i));
        out.append(' ').append(story.isBest(run, name) ? "**" + text + "**" : text).append(" |");
      }
      out.append(' ').append(commit(run)).append(" |\n");
    }
    out.append("\n</details>\n\n");
  }

  private static String commit(Run run) {
    String commit = run.made().getOrDefault("commit", "");
    return commit.length() > 7
        ? "`" + commit.replaceAll("[^0-9a-f]", "").substring(0, 7) + "`"
        : "";
  }

  private static String madeWith(Run run) {
    List<String> parts = new ArrayList<>();
    run.made()
        .forEach(
            (name, value) -> {
              switch (name) {
                case "commit" -> parts.add("commit " + Markdown.plain(cut(value)));
                case "seconds" -> parts.add(Markdown.plain(value) + " s");
                default -> parts.add(Markdown.plain(name) + " " + Markdown.plain(value));
              }
            });
    return String.join(" · ", parts);
  }

  private static String cut(String commit) {
    return commit.length() > 7 ? commit.substring(0, 7) : commit;
  }
}
