package fieldnotes.journal;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTest {
  @Test
  @DisplayName("what a person writes comes out as it was")
  void plainThings() {
    for (String text :
        new String[] {
          "Some *words*, **strong** ones and `code`.",
          "- one\n- two\n  - deeper",
          "1. one\n2. two",
          "> said",
          "[a link](https://example.org/x?y=1)",
          "![wave](assets/x.png)",
          "```java\nvar x = 1 < 2;\n```",
          "Energy $E_k = \\frac{1}{2} m_a v^2$ and $$\\sum_i x_i$$ here.",
          "|a|b|\n|---|---|\n|1|2|",
        }) {
      assertThat(Markdown.safe(text)).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "<script>alert(1)</script> ¦ \\<script\\>alert(1)\\</script\\>",
        "a <img src=x onerror=alert(1)> b ¦ a \\<img src=x onerror=alert(1)\\> b",
        "[x](javascript:alert(1)) ¦ x",
        "[x](JaVaScript:alert(1)) ¦ x",
        "[x](java&#x0A;script:alert(1)) ¦ x",
        "[x](data:text/html,hello) ¦ x",
        "![x](http://tracker.example/p.png) ¦ [x](http://tracker.example/p.png)",
        "![x](//tracker.example/p.png) ¦ x",
        "# Head ¦ #### Head",
        "Head\\n==== ¦ #### Head",
        "```\\nnever closed ¦ ```\\nnever closed\\n```",
        "costs $5 and $6 ¦ costs \\$5 and \\$6",
        "$<script>$ ¦ $\\lt script\\gt $",
        "<!-- open ¦ \\<!-- open",
        "$`$`<b>` ¦ \\$`$`\\<b\\>\\`",
        "~~\\~ ¦ ```\\n~~\\~\\n```",
      })
  void harmIsTaken(String written, String safe) {
    assertThat(Markdown.safe(written.replace("\\n", "\n"))).isEqualTo(safe.replace("\\n", "\n"));
  }

  @Provide
  Arbitrary<String> nasty() {
    return Arbitraries.of(
            "<",
            ">",
            "script",
            "&lt;",
            "`",
            "```\n",
            "\n",
            "\n\n",
            "$",
            "$$",
            "\\",
            "[",
            "](",
            ")",
            "javascript:",
            "!",
            "#",
            "- ",
            "|",
            "|--|\n",
            "<!--",
            "-->",
            "<details>",
            "\"",
            "'",
            "a",
            "\u0000",
            " ",
            "    ",
            "<div",
            "onload=",
            "](<",
            "\t",
            "~",
            "*",
            "_",
            "&#x3c;")
        .list()
        .ofMaxSize(14)
        .map(list -> String.join("", list));
  }

  @Property(tries = 2_000)
  @Tag("long")
  @Label("whatever is written, no tag stands outside of code, and what follows is untouched")
  void anything(@ForAll("nasty") String text) {
    String after =
        Markdown.safe("**Lead.**", text)
            + "\n\n"
            + Markdown.safe(text)
            + "\n\n## Following\n\n<details>x</details>\n";
    var html = new StringBuilder();
    org.commonmark.node.Node document = org.commonmark.parser.Parser.builder().build().parse(after);
    document.accept(
        new org.commonmark.node.AbstractVisitor() {
          @Override
          public void visit(org.commonmark.node.HtmlBlock block) {
            html.append(block.getLiteral());
          }

          @Override
          public void visit(org.commonmark.node.HtmlInline inline) {
            html.append(inline.getLiteral());
          }

          @Override
          public void visit(org.commonmark.node.Heading heading) {
            if (heading.getLevel() == 2) {
              html.append("H2");
            }
          }
        });
    assertThat(html).hasToString("H2<details>x</details>");
  }

  @Property(tries = 2_000)
  @Label("a plain text in a table cell stays one cell, and shows what was written")
  void plainAnywhere(@ForAll("nasty") String text) {
    String page = "| a | b |\n|---|---|\n| " + Markdown.plain(text) + " | x |\n";
    var parser =
        org.commonmark.parser.Parser.builder()
            .extensions(java.util.List.of(org.commonmark.ext.gfm.tables.TablesExtension.create()))
            .build();
    String html =
        org.commonmark.renderer.html.HtmlRenderer.builder()
            .extensions(java.util.List.of(org.commonmark.ext.gfm.tables.TablesExtension.create()))
            .build()
            .render(parser.parse(page));
    assertThat(html.split("<td>", -1)).hasSize(3);
    assertThat(html).doesNotContain("<script", "<details", "<div", "<!--", "<a ", "<img", "<code");
  }
}
