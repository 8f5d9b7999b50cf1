package fieldnotes.notebook;

import fieldnotes.common.Check;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/**
 * Markdown or a TeX formula as the output of a cell; the notebook or the page sets it.
 *
 * @param source Markdown, or TeX without dollar signs
 * @param formula whether it is TeX
 */
public record Markup(String source, boolean formula) {
  /** Checks the source. */
  public Markup {
    Check.that(
        !source.isBlank(),
        formula
            ? "tex is empty: give a formula, such as \"\\\\frac{a}{b}\""
            : "markdown is empty: give a text, such as \"**bold**\"");
    Check.that(
        !formula || !source.contains("$"),
        "tex '%s': must be without dollar signs; leave them out",
        source);
  }

  /** The output, with the source as plain text. */
  DisplayData data() {
    DisplayData data = new DisplayData();
    if (formula) {
      // a blank line would end the formula
      data.putLatex("$$" + source.strip().replaceAll("\\R\\s*", "\n") + "$$");
    } else {
      data.putMarkdown(source);
    }
    data.putText(source);
    return data;
  }

  @Override
  public String toString() {
    return source;
  }
}
