package fieldnotes.plot;

import fieldnotes.common.Check;
import fieldnotes.draw.Figure;
import fieldnotes.draw.Interactive;
import fieldnotes.draw.LiveChart;
import fieldnotes.draw.Style;
import fieldnotes.draw.Words;
import fieldnotes.prepare.Columns;
import fieldnotes.prepare.Step;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Diagram of a column preparation: one box per part with its columns and its steps from top to
 * bottom, then the steps that all columns share.
 */
public final class ColumnsPlot {
  private static final int PART = 152;
  private static final int GAP = 12;
  private static final int EDGE = 16;
  private static final int HEAD = 44;
  private static final int LINE = 16;
  private static final int STEP = 30;
  private static final int ARROW = 16;
  private static final int ROOM = PART - 16;

  private ColumnsPlot() {}

  /**
   * The columns of a part and its steps.
   *
   * @param told the steps with their options
   */
  private record Part(String name, List<String> columns, List<String> steps, List<String> told) {
    static Part of(String name, List<String> columns, List<Step<?>> steps) {
      List<String> labels = new ArrayList<>();
      List<String> told = new ArrayList<>();
      for (Step<?> step : steps) {
        // A custom step without a toString of its own, such as a lambda.
        String said = step.toString().contains("@") ? "own step" : step.toString();
        // A box has room for what a step does, not for its options in brackets.
        List<String> some = List.of(said.replaceAll(" \\([^)]*\\)", "").split(", then "));
        List<String> full = List.of(said.split(", then "));
        labels.addAll(some);
        told.addAll(full.size() == some.size() ? full : some);
      }
      return new Part(name, columns, labels, told);
    }
  }

  /**
   * Diagram of a preparation and the steps after it.
   *
   * @param after steps applied to all prepared columns, in order, such as further steps and a model
   */
  public static Figure of(String title, Columns columns, String... after) {
    List<Part> parts = new ArrayList<>();
    for (Columns.Part part : columns.parts()) {
      parts.add(Part.of(part.name(), part.columns(), part.steps()));
    }
    if (columns.remainder() != null) {
      parts.add(Part.of("remainder", List.of("all other numbers"), columns.remainder()));
    }
    Check.that(!parts.isEmpty(), "no part has a column: add a part by with(…)");
    int names = parts.stream().mapToInt(p -> p.columns().size()).max().orElse(1);
    int steps = parts.stream().mapToInt(p -> p.steps().size()).max().orElse(0);
    List<String> below = new ArrayList<>(List.of("side by side"));
    below.addAll(List.of(after));
    int height =
        HEAD
            + partHeight(names)
            + steps * (STEP + ARROW)
            + below.size() * (STEP + ARROW)
            + ARROW
            + EDGE;
    int width = 2 * EDGE + parts.size() * PART + (parts.size() - 1) * GAP;
    return Figure.drawn(
            title,
            width,
            height,
            (g, w, h) -> {
              g.scale((double) w / width, (double) h / height);
              paint(g, title, width, names, steps, parts, below);
            })
        .withInteractive(shown -> live(shown, width, height, names, steps, parts, below))
        .withAlt(alt(title, parts, List.of(after)));
  }

  /** The same boxes; the pointer shows texts in full, with the options of the steps. */
  private static Interactive live(
      Figure shown,
      int width,
      int height,
      int names,
      int steps,
      List<Part> parts,
      List<String> below) {
    List<LiveChart.Box> boxes = new ArrayList<>();
    List<double[]> lines = new ArrayList<>();
    int join = HEAD + partHeight(names) + steps * (STEP + ARROW) + 2 * ARROW;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      int x = EDGE + i * (PART + GAP);
      double middle = x + PART / 2.0;
      int y = HEAD + partHeight(names);
      String columns = part.name() + ": " + String.join(", ", part.columns());
      boxes.add(box(x, x + PART, height - HEAD, height - y, "columns", 0, columns));
      for (String step : part.told()) {
        lines.add(new double[] {middle, height - y, middle, height - y - ARROW});
        y += ARROW;
        boxes.add(box(x, x + PART, height - y, height - y - STEP, "step", 1, step));
        y += STEP;
      }
      lines.add(new double[] {middle, height - y, middle, height - join});
    }
    int y = join;
    for (int k = 0; k < below.size(); k++) {
      if (k > 0) {
        lines.add(new double[] {width / 2.0, height - y, width / 2.0, height - y - ARROW});
        y += ARROW;
      }
      boxes.add(box(EDGE, width - EDGE, height - y, height - y - STEP, "all", 2, below.get(k)));
      y += STEP;
    }
    return LiveChart.drawing(shown, width, height - HEAD + EDGE)
        .strokes(lines)
        .labelled(boxes)
        .done();
  }

  private static LiveChart.Box box(
      double x1, double x2, double y1, double y2, String kind, int colour, String text) {
    return new LiveChart.Box(x1, x2, y2, y1, kind, Style.color(colour), text);
  }

  private static String alt(String title, List<Part> parts, List<String> after) {
    List<String> texts = new ArrayList<>();
    for (Part part : parts) {
      texts.add(
          part.name()
              + " ("
              + String.join(", ", part.columns())
              + ")"
              + (part.steps().isEmpty() ? "" : ": " + String.join(", then ", part.steps())));
    }
    return title
        + ": diagram of "
        + Words.count(parts.size(), "part")
        + ". "
        + String.join("; ", texts)
        + ". Side by side"
        + (after.isEmpty() ? "" : ", then " + String.join(", then ", after))
        + ".";
  }

  private static int partHeight(int names) {
    return 30 + names * LINE + 6;
  }

  private static void paint(
      Graphics2D g,
      String title,
      int width,
      int names,
      int steps,
      List<Part> parts,
      List<String> below) {
    g.setColor(Style.INK);
    fitted(g, title, width / 2.0, 27, 15, true, width - 2 * EDGE);
    int join = HEAD + partHeight(names) + steps * (STEP + ARROW) + 2 * ARROW;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      int x = EDGE + i * (PART + GAP);
      box(g, x, HEAD, PART, partHeight(names), Style.color(0, 0.12), Style.color(0));
      g.setColor(Style.INK);
      text(g, part.name(), x + PART / 2.0, HEAD + 19, true);
      g.setColor(Style.FAINT_INK);
      for (int k = 0; k < part.columns().size(); k++) {
        text(g, part.columns().get(k), x + PART / 2.0, HEAD + 38 + k * LINE, false);
      }
      int y = HEAD + partHeight(names);
      for (String step : part.steps()) {
        arrow(g, x + PART / 2.0, y, y + ARROW);
        y += ARROW;
        box(g, x, y, PART, STEP, Color.WHITE, Style.NOISE);
        g.setColor(Style.INK);
        text(g, step, x + PART / 2.0, y + 19, false);
        y += STEP;
      }
      arrow(g, x + PART / 2.0, y, join);
    }
    int y = join;
    for (int k = 0; k < below.size(); k++) {
      if (k > 0) {
        arrow(g, width / 2.0, y, y + ARROW);
        y += ARROW;
      }
      box(g, EDGE, y, width - 2 * EDGE, STEP, Style.color(2, 0.15), Style.color(2));
      g.setColor(Style.INK);
      fitted(g, below.get(k), width / 2.0, y + 20, 13, false, width - 2 * EDGE - 16);
      y += STEP;
    }
  }

  private static void box(
      Graphics2D g, double x, double y, double width, double height, Color fill, Color line) {
    var shape = new RoundRectangle2D.Double(x, y, width, height, 8, 8);
    g.setColor(fill);
    g.fill(shape);
    g.setColor(line);
    g.draw(shape);
  }

  private static void arrow(Graphics2D g, double x, double from, double to) {
    g.setColor(Style.FAINT_INK);
    g.draw(new Line2D.Double(x, from, x, to - 5));
    Path2D head = new Path2D.Double();
    head.moveTo(x - 4, to - 7);
    head.lineTo(x + 4, to - 7);
    head.lineTo(x, to - 1);
    head.closePath();
    g.fill(head);
  }

  /** Draws text centred in a part, scaled down if it is too wide. */
  private static void text(Graphics2D g, String text, double x, double y, boolean bold) {
    fitted(g, text, x, y, 12, bold, ROOM);
  }

  /**
   * Draws text centred at x, scaled down if it is too wide and truncated if it still does not fit.
   */
  private static void fitted(
      Graphics2D g, String text, double x, double y, int largest, boolean bold, int room) {
    for (int size = largest; size >= 8; size--) {
      g.setFont(bold ? Style.bold(size) : Style.font(size));
      if (g.getFontMetrics().stringWidth(text) <= room) {
        break;
      }
    }
    String shown = text;
    while (g.getFontMetrics().stringWidth(shown) > room && shown.length() > 2) {
      shown = shown.substring(0, shown.length() - 2) + "…";
    }
    middle(g, shown, x, y);
  }

  private static void middle(Graphics2D g, String text, double x, double y) {
    FontMetrics metrics = g.getFontMetrics();
    g.drawString(text, (float) (x - metrics.stringWidth(text) / 2.0), (float) y);
  }
}
