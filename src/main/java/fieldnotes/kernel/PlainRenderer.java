package fieldnotes.kernel;

import java.util.Map;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/**
 * A renderer that shows null, and whose plain text shows the elements of arrays and is limited in
 * length.
 */
final class PlainRenderer extends Renderer {
  @Override
  public DisplayData render(Object value, Map<String, Object> parameters) {
    return value == null
        ? new DisplayData("null")
        : withText(value, super.render(value, parameters));
  }

  @Override
  public DisplayData renderAs(Object value, Map<String, Object> parameters, String... types) {
    return value == null
        ? new DisplayData("null")
        : withText(value, super.renderAs(value, parameters, types));
  }

  @Override
  protected DisplayData finalizeDisplayData(DisplayData data, Object value) {
    if (!data.hasDataForType(MIMEType.TEXT_PLAIN)) {
      data.putText(PlainText.of(value));
    }
    return data;
  }

  /** Adds plain text to display data of the user that lacks it. */
  static DisplayData withText(Object value, DisplayData data) {
    Object text = data.getData(MIMEType.TEXT_PLAIN);
    if (text == null) {
      data.putText(
          value instanceof DisplayData
              ? "(can be shown by a front end only)"
              : PlainText.of(value));
    } else if (text instanceof CharSequence longText
        && longText.length() > PlainText.MOST_CHARACTERS) {
      data.putText(PlainText.cut(longText.toString()));
    }
    return data;
  }
}
