package fieldnotes.widget;

import com.google.gson.JsonObject;
import fieldnotes.notebook.Html;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/** What stands for widgets where they cannot be moved: pages, and front ends without widgets. */
final class Static {
  private Static() {}

  /** A line that says what could be changed. */
  static void line(DisplayData out, String text) {
    out.putText(text);
    out.putHTML("<p><small>" + Html.escape(text) + "</small></p>");
  }

  /** The outputs so far and the line, for a front end that shows no widgets. */
  static void fallback(DisplayData out, Outputs outputs, String line) {
    StringBuilder html = new StringBuilder();
    StringBuilder text = new StringBuilder();
    for (JsonObject one : outputs.all()) {
      if (one.has("text")) {
        String printed = one.get("text").getAsString();
        html.append("<pre>").append(Html.escape(printed)).append("</pre>");
        text.append(printed);
      } else if (one.has("data")) {
        JsonObject data = one.getAsJsonObject("data");
        String plain = text(data, MIMEType.TEXT_PLAIN);
        html.append(html(data, plain));
        text.append(plain).append('\n');
      }
    }
    String shown = line + ". This front end shows it without widgets";
    out.putHTML(html.append("<p><small>").append(Html.escape(shown)).append("</small></p>") + "");
    out.putText(text + line);
  }

  private static String html(JsonObject data, String plain) {
    String html = text(data, MIMEType.TEXT_HTML);
    String png = text(data, MIMEType.IMAGE_PNG);
    if (!html.isEmpty()) {
      return html;
    }
    return png.isEmpty()
        ? "<pre>" + Html.escape(plain) + "</pre>"
        : "<img alt=\"%s\" src=\"data:image/png;base64,%s\">".formatted(Html.escape(plain), png);
  }

  private static String text(JsonObject data, MIMEType type) {
    return data.has(type.toString()) && data.get(type.toString()).isJsonPrimitive()
        ? data.get(type.toString()).getAsString()
        : "";
  }
}
