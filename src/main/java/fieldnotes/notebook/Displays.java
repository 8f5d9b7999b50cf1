package fieldnotes.notebook;

import com.google.gson.JsonParser;
import fieldnotes.audio.Clip;
import fieldnotes.common.Progress;
import fieldnotes.draw.Figure;
import fieldnotes.draw.Interactive;
import fieldnotes.evaluate.ConfusionMatrix;
import fieldnotes.evaluate.ModelComparison;
import fieldnotes.model.LearningCurve;
import fieldnotes.model.Search;
import fieldnotes.plot.Player;
import fieldnotes.serve.Labeller;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;

/**
 * Registers renderers for tables, charts, figures, clips, results with a table, arrays and
 * progress. Kernels built on {@code jjava-jupyter} load it as a service.
 */
public final class Displays implements Extension {
  /** Set for unattended runs: the notebook's name. */
  private static final String UNWATCHED = "FIELDNOTES_NOTEBOOK";

  /** Set for runs that make pages of what is shown. */
  private static final String NIGHT = "FIELDNOTES_NIGHT";

  @Override
  public void install(BaseKernel kernel) {
    register(kernel.getRenderer());
    TextHints.register(kernel);
    if (isWatched()) {
      Progress.showOn(new CellProgress(kernel));
      kernel.getCommManager().registerTarget(ChartSounds.TARGET, new ChartSounds());
      FirstChart.prepare(kernel);
    }
  }

  @Override
  public void uninstall(BaseKernel kernel) {
    Progress.showOn((task, done, total, left, note, seconds, finished) -> {});
    kernel.getCommManager().unregisterTarget(ChartSounds.TARGET);
  }

  /** Registers all renderers. */
  static void register(Renderer renderer) {
    html(renderer, Table.class, Tables::of);
    html(renderer, Html.class, html -> html);
    renderer
        .createRegistration(Markup.class)
        .preferring(MIMEType.TEXT_MARKDOWN)
        .supporting(MIMEType.TEXT_LATEX, MIMEType.TEXT_PLAIN)
        .register((markup, context) -> context.getOutputContainer().assign(markup.data()));
    html(renderer, ConfusionMatrix.class, matrix -> told(matrix, matrix.toTable()));
    html(renderer, ModelComparison.class, models -> told(models, models.toTable()));
    html(renderer, LearningCurve.class, curve -> told(curve, curve.toTable()));
    html(renderer, Search.class, search -> told(search, search.table()));
    html(renderer, Labeller.class, Displays::page);
    html(renderer, Clip.class, clip -> Show.clip(clip, Player.SECONDS));
    renderer
        .createRegistration(Figure.class)
        .preferring(MIMEType.TEXT_HTML)
        .supporting(MIMEType.IMAGE_PNG, MIMEType.TEXT_PLAIN)
        .register(Displays::figure);
    @SuppressWarnings("rawtypes")
    Class<Chart> chart = Chart.class;
    renderer
        .createRegistration(chart)
        .preferring(MIMEType.TEXT_HTML)
        .supporting(MIMEType.IMAGE_PNG, MIMEType.TEXT_PLAIN)
        .register((drawn, context) -> figure(Figure.of((Chart<?, ?>) drawn), context));
    lists(renderer);
    for (Class<?> array :
        new Class<?>[] {
          double[].class,
          float[].class,
          long[].class,
          int[].class,
          short[].class,
          byte[].class,
          boolean[].class,
          char[].class,
          double[][].class,
          float[][].class,
          long[][].class,
          int[][].class,
          boolean[][].class,
          double[][][].class,
          float[][][].class,
          Object[].class,
          String[].class,
          String[][].class
        }) {
      text(renderer, array);
    }
  }

  /** Whether a person may be looking: false in unattended runs, whose outputs are saved. */
  public static boolean isWatched() {
    return System.getenv(UNWATCHED) == null && System.getProperty("fieldnotes.notebook") == null;
  }

  /** Whether the run that nobody watches makes pages, which show figures in a dark form, too. */
  static boolean hasPages() {
    return System.getenv(NIGHT) != null || System.getProperty("fieldnotes.night") != null;
  }

  /** The page in a frame; where nobody looks, only what it is about. */
  private static Html page(Labeller labeller) {
    String text = labeller.toString();
    if (!isWatched()) {
      return new Html("<p>" + Html.escape(text) + "</p>", text);
    }
    String address = Html.escape(labeller.address().toString());
    return new Html(
        ("<iframe title=\"Label by ear\" src=\"%s&amp;cell=1\" allow=\"autoplay\" width=\"100%%\""
                + " height=\"900\" style=\"border:1px solid #bbb;border-radius:6px\"></iframe>"
                + "<p>%s; <a href=\"%s\" target=\"_blank\">open it in a tab</a></p>")
            .formatted(address, Html.escape(text), address),
        text + "; open " + labeller.address());
  }

  /** What a result says of itself, over its table. */
  private static Html told(Object result, Table table) {
    Html shown = Tables.of(table);
    return new Html(
        "<p>" + Html.escape(result.toString()) + "</p>" + shown.html(),
        result + "\n" + shown.text());
  }

  private static void lists(Renderer renderer) {
    @SuppressWarnings("rawtypes")
    Class<List> list = List.class;
    renderer
        .createRegistration(list)
        .preferring(MIMEType.TEXT_PLAIN)
        .register((value, context) -> context.getOutputContainer().putText(Previews.of(value)));
  }

  private static <T> void text(Renderer renderer, Class<T> array) {
    renderer
        .createRegistration(array)
        .preferring(MIMEType.TEXT_PLAIN)
        .register((value, context) -> context.getOutputContainer().putText(Previews.of(value)));
  }

  private static <T> void html(Renderer renderer, Class<T> type, Function<T, Html> look) {
    renderer
        .createRegistration(type)
        .preferring(MIMEType.TEXT_HTML)
        .supporting(MIMEType.TEXT_PLAIN)
        .register(
            (value, context) -> {
              Html html = look.apply(value);
              context.renderIfRequested(MIMEType.TEXT_HTML, html::html);
              context.getOutputContainer().putText(html.text());
            });
  }

  /**
   * Shows a figure as an HTML image with its text alternative: JupyterLab 4 gives {@code image/png}
   * none, whatever the metadata say. Where somebody watches, a figure that has an interactive form
   * is shown as that, with the PNG beside it; unattended runs keep the picture alone, so that saved
   * notebooks stay small. The PNG alone is rendered on request.
   */
  private static void figure(Figure figure, RenderContext context) {
    DisplayData out = context.getOutputContainer();
    if (context.wantsDataRenderedAs(MIMEType.TEXT_HTML)) {
      Optional<Interactive> form = isWatched() ? figure.interactive() : Optional.empty();
      if (form.isPresent()) {
        // no HTML: front ends would prefer it. The picture is for those that draw no Vega.
        out.putData(form.get().mimeType(), JsonParser.parseString(form.get().json()));
        putPng(figure, out);
        out.putText(figure.alt());
        return;
      }
    }
    context.renderIfRequested(MIMEType.TEXT_HTML, () -> Html.image(figure));
    if (context.wantsDataRenderedAs(MIMEType.IMAGE_PNG)) {
      putPng(figure, out);
    }
    out.putText(figure.alt());
  }

  private static void putPng(Figure figure, DisplayData out) {
    out.putMetaData(
        MIMEType.IMAGE_PNG,
        Map.of("width", figure.width(), "height", figure.height(), "alt", figure.alt()));
    out.putData(
        MIMEType.IMAGE_PNG,
        Base64.getEncoder().encodeToString(isWatched() ? figure.pngAtOnce() : figure.png()));
  }
}
