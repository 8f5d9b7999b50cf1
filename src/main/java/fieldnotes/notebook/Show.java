package fieldnotes.notebook;

import fieldnotes.audio.Clip;
import fieldnotes.common.Check;
import fieldnotes.draw.Figure;
import fieldnotes.draw.Sheet;
import fieldnotes.plot.Player;
import fieldnotes.plot.WaveformPlot;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.knowm.xchart.internal.chartpart.Chart;

/** Combines several results into one cell output. */
public final class Show {
  private Show() {}

  /** Two charts or figures side by side. */
  public static Figure sideBySide(Object left, Object right) {
    return Sheet.sideBySide(figure(left), figure(right));
  }

  /** Two charts or figures side by side with the same axes and colours. */
  public static Figure compared(Object left, Object right) {
    List<Figure> both = List.of(figure(left), figure(right));
    int height = Math.max(both.get(0).height(), both.get(1).height());
    return Sheet.compared("", 2, 560, height, both);
  }

  /** A grid of charts or figures with {@code columns} columns, 480 × 320 CSS pixels each. */
  public static Figure sheet(String title, int columns, Object... charts) {
    List<Figure> figures = java.util.Arrays.stream(charts).map(Show::figure).toList();
    return Sheet.of(title, columns, 480, 320, figures);
  }

  /**
   * Charts or figures next to each other, up to {@code columns} in a row, each in its own size; in
   * a narrow window they stand below each other and stay legible. {@link #sheet} makes one picture
   * of them.
   */
  public static Html grid(int columns, Object... charts) {
    Check.atLeast("columns", columns, 1);
    Check.that(charts.length > 0, "charts is empty: give at least one chart");
    StringBuilder html = new StringBuilder();
    StringJoiner text = new StringJoiner("\n");
    int widest = 0;
    for (Object chart : charts) {
      Figure figure = figure(chart);
      widest = Math.max(widest, figure.width());
      html.append("<div style=\"display:inline-block;vertical-align:top;max-width:100%\">")
          .append(Html.image(figure))
          .append("</div> ");
      text.add(figure.alt());
    }
    return new Html(
        "<div style=\"max-width:%dpx\">%s</div>".formatted(columns * (widest + 8), html),
        text.toString());
  }

  /** Markdown, for texts that a program makes; formulas stand between dollar signs. */
  public static Markup markdown(String markdown) {
    return new Markup(markdown, false);
  }

  /**
   * A formula in a line of its own.
   *
   * @param tex TeX without dollar signs, such as {@code \\frac{a}{b}}
   */
  public static Markup formula(String tex) {
    return new Markup(tex, true);
  }

  /** An audio player with waveform for each clip. */
  public static Html clips(Clip... clips) {
    return clips(List.of(clips));
  }

  /** An audio player with waveform for each clip. */
  public static Html clips(List<Clip> clips) {
    StringBuilder html = new StringBuilder("<div style=\"display:flex;flex-wrap:wrap;gap:16px\">");
    StringJoiner text = new StringJoiner("\n");
    for (Clip clip : clips) {
      Html player = clip(clip, Player.SECONDS);
      html.append(player.html());
      text.add(player.text());
    }
    return new Html(html.append("</div>").toString(), text.toString());
  }

  /**
   * An audio player that begins to play at once, as far as the browser allows it: it does where a
   * person has just run the cell. Saved outputs wait for a click.
   */
  public static Html play(Clip clip) {
    return player(clip, Player.SECONDS, Displays.isWatched() ? " autoplay" : "");
  }

  /** An audio player for the first seconds of a clip, with waveform. */
  public static Html clip(Clip clip, double seconds) {
    return player(clip, seconds, "");
  }

  private static Html player(Clip clip, double seconds, String more) {
    Player player = Player.of(clip, seconds);
    Figure wave = WaveformPlot.strip(player.clip());
    Base64.Encoder base64 = Base64.getEncoder();
    String html =
        String.format(
            Locale.ROOT,
            """
        <figure style="margin:4px 0;max-width:%dpx">
        <figcaption><small>%s</small></figcaption>
        %s
        <audio controls%s preload="metadata" style="width:100%%" aria-label="%s" \
        src="data:%s;base64,%s"></audio>
        </figure>\
        """,
            wave.width(),
            Html.escape(clip + (player.note().isEmpty() ? "" : "; " + player.note())),
            Html.image(wave),
            more,
            Html.escape(player.clip().toString()),
            player.mimeType(),
            base64.encodeToString(player.sound()));
    return new Html(html, clip + (player.note().isEmpty() ? "" : "; " + player.note()));
  }

  /** A small audio player without waveform, for many in a row. */
  static Html small(Clip clip, double seconds) {
    Player player = Player.of(clip, seconds);
    String name = Html.escape(clip.name());
    String html =
        String.format(
            Locale.ROOT,
            """
        <figure style="margin:0;width:220px;max-width:100%%">\
        <figcaption title="%s" style="overflow:hidden;white-space:nowrap"><small>%s</small>\
        </figcaption><audio controls preload="none" style="width:100%%;height:32px"\
         aria-label="%s" src="data:%s;base64,%s"></audio></figure>\
        """,
            Html.escape(clip.toString()),
            name,
            Html.escape(clip.toString()),
            player.mimeType(),
            Base64.getEncoder().encodeToString(player.sound()));
    return new Html(html, clip.toString());
  }

  private static Figure figure(Object chart) {
    return switch (chart) {
      case Figure figure -> figure;
      case Chart<?, ?> xchart -> Figure.of(xchart);
      case Clip clip -> WaveformPlot.of(clip);
      default ->
          throw new IllegalArgumentException(
              "cannot draw a %s: give a Figure, an XChart chart or a Clip"
                  .formatted(chart.getClass().getName()));
    };
  }
}
