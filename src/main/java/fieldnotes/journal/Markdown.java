package fieldnotes.journal;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.InlineParserState;
import org.commonmark.parser.beta.ParsedInline;
import org.commonmark.parser.beta.Position;
import org.commonmark.parser.beta.Scanner;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.markdown.MarkdownNodeRendererContext;
import org.commonmark.renderer.markdown.MarkdownNodeRendererFactory;
import org.commonmark.renderer.markdown.MarkdownRenderer;

/**
 * Sanitises Markdown: HTML becomes text, headings are moved below the journal's own, external
 * pictures become links, script URLs become text, and open constructs are closed. Formulas stand
 * between dollar signs.
 */
public final class Markdown {
  /** The highest heading level a text may have. */
  private static final int TOP_HEADING = 4;

  private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
  private static final Parser PARSER =
      Parser.builder()
          .extensions(EXTENSIONS)
          .customInlineContentParserFactory(new FormulaParserFactory())
          .build();
  private static final Parser PLAIN_PARSER = Parser.builder().extensions(EXTENSIONS).build();
  private static final String FOLLOWING = "Following";
  private static final MarkdownRenderer WRITER =
      MarkdownRenderer.builder()
          .nodeRendererFactory(new FormulaWriterFactory())
          .extensions(EXTENSIONS)
          .build();

  private Markdown() {}

  /** A TeX formula, a node of the tree. */
  public static final class Formula extends CustomNode {
    private final String tex;
    private final boolean display;

    Formula(String tex, boolean display) {
      this.tex = tex;
      this.display = display;
    }

    /** The TeX source. */
    public String tex() {
      return tex;
    }

    /** Whether it is a display formula, between double dollar signs. */
    public boolean display() {
      return display;
    }
  }

  /**
   * Parses Markdown into a safe tree: no HTML, no heading above level 4, no external picture, no
   * script URL; formulas are {@link Formula} nodes.
   */
  public static Node parse(String markdown) {
    Node document = PARSER.parse(clean(markdown));
    document.accept(new Tamer());
    return document;
  }

  private static String clean(String markdown) {
    // Control characters are not text, and NUL ends the page in some readers.
    String clean = markdown.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F]", "\uFFFD");
    return clean.replace("\r\n", "\n").replace('\r', '\n');
  }

  /** The text as Markdown that does not affect what follows it. */
  static String safe(String markdown) {
    String written = WRITER.render(parse(markdown)).strip();
    return holds(written) ? written : fenced(markdown);
  }

  /** The text after a lead-in, on the same line if it begins with a paragraph. */
  static String safe(String lead, String markdown) {
    Node first = parse(markdown).getFirstChild();
    String page = lead + (first instanceof Paragraph ? " " : "\n\n") + safe(markdown);
    return holds(page) ? page : lead + "\n\n" + fenced(markdown);
  }

  /**
   * Whether a parser without formulas finds no HTML and no high heading in a page, and leaves the
   * text after it intact. Rendered Markdown does not always parse back to the same tree (for
   * example a nested list whose item begins with an escaped line).
   */
  private static boolean holds(String page) {
    Node document = PLAIN_PARSER.parse(page + "\n\n# " + FOLLOWING + "\n");
    if (!(document.getLastChild() instanceof Heading last
        && last.getFirstChild() instanceof Text text
        && text.getLiteral().equals(FOLLOWING))) {
      return false;
    }
    last.unlink();
    var harm = new Harm();
    document.accept(harm);
    return !harm.found;
  }

  /** The source text in a code fence that it cannot close. */
  private static String fenced(String markdown) {
    FencedCodeBlock code = new FencedCodeBlock();
    code.setFenceCharacter("`");
    code.setLiteral(clean(markdown));
    Node document = new Document();
    document.appendChild(code);
    return WRITER.render(document).strip();
  }

  /** One line of text with Markdown and HTML escaped. */
  static String plain(String text) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '\\', '`', '*', '[', ']', '|', '#', '$', '~', '!' -> out.append('\\').append(c);
        case '_' -> {
          boolean within =
              i > 0
                  && i + 1 < line.length()
                  && Character.isLetterOrDigit(line.charAt(i - 1))
                  && Character.isLetterOrDigit(line.charAt(i + 1));
          out.append(within ? "_" : "\\_");
        }
        default -> out.append(c);
      }
    }
    String plain = out.toString();
    // Would start a list or be a rule at the start of a line.
    if (plain.matches("[-+=](\\s.*)?|[-=+\\s]+")) {
      return "\\" + plain;
    }
    return plain.replaceFirst("^(\\d+)([.)])(?=\\s|$)", "$1\\\\$2");
  }

  /** Text escaped for an HTML attribute. */
  static String attribute(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;")
        .replaceAll("[\\p{Cntrl}\\s]+", " ")
        .strip();
  }

  /** Whether a URL is allowed in a page: web, mail, or relative. */
  static boolean safeAddress(String address) {
    String plain = address.replaceAll("[\\p{Cntrl}\\s]+", "").toLowerCase(Locale.ROOT);
    return plain.startsWith("https:")
        || plain.startsWith("http:")
        || plain.startsWith("mailto:")
        || (!plain.matches("(?s)[^/?#]*(:|&colon|%3a).*") && !plain.startsWith("//"));
  }

  private static final class Tamer extends AbstractVisitor {
    @Override
    public void visit(HtmlBlock block) {
      Paragraph paragraph = new Paragraph();
      paragraph.appendChild(new Text(block.getLiteral().replace('\n', ' ')));
      block.insertAfter(paragraph);
      block.unlink();
    }

    @Override
    public void visit(HtmlInline inline) {
      inline.insertAfter(new Text(inline.getLiteral()));
      inline.unlink();
    }

    /** Indented code breaks when text precedes it; uses a fence instead. */
    @Override
    public void visit(IndentedCodeBlock code) {
      FencedCodeBlock fenced = new FencedCodeBlock();
      fenced.setFenceCharacter("`");
      fenced.setLiteral(code.getLiteral());
      code.insertAfter(fenced);
      code.unlink();
    }

    @Override
    public void visit(Heading heading) {
      heading.setLevel(Math.min(6, heading.getLevel() + TOP_HEADING - 1));
      visitChildren(heading);
    }

    @Override
    public void visit(LinkReferenceDefinition definition) {
      definition.unlink();
    }

    @Override
    public void visit(Link link) {
      visitChildren(link);
      if (!safeAddress(link.getDestination())) {
        lift(link);
      }
    }

    @Override
    public void visit(Image image) {
      visitChildren(image);
      String address = image.getDestination();
      if (!safeAddress(address)) {
        lift(image);
      } else if (address.contains(":")) {
        Link link = new Link(address, image.getTitle());
        Node child = image.getFirstChild();
        if (child == null) {
          link.appendChild(new Text(address));
        }
        while (child != null) {
          Node following = child.getNext();
          link.appendChild(child);
          child = following;
        }
        image.insertAfter(link);
        image.unlink();
      }
    }

    /** Replaces a link by its text. */
    private static void lift(Node node) {
      Node child = node.getFirstChild();
      while (child != null) {
        Node following = child.getNext();
        node.insertBefore(child);
        child = following;
      }
      node.unlink();
    }
  }

  private static final class Harm extends AbstractVisitor {
    private boolean found;

    @Override
    public void visit(HtmlBlock block) {
      found = true;
    }

    @Override
    public void visit(HtmlInline inline) {
      found = true;
    }

    @Override
    public void visit(Heading heading) {
      found |= heading.getLevel() < TOP_HEADING;
      visitChildren(heading);
    }

    @Override
    public void visit(Link link) {
      found |= !safeAddress(link.getDestination());
      visitChildren(link);
    }

    @Override
    public void visit(Image image) {
      found |= !safeAddress(image.getDestination()) || image.getDestination().contains(":");
      visitChildren(image);
    }
  }

  private static final class FormulaParserFactory implements InlineContentParserFactory {
    @Override
    public Set<Character> getTriggerCharacters() {
      return Set.of('$');
    }

    @Override
    public InlineContentParser create() {
      return Markdown::formula;
    }
  }

  /** {@code $…$} without blanks at its inner ends and no digit after it; or {@code $$…$$}. */
  private static ParsedInline formula(InlineParserState state) {
    Scanner scanner = state.scanner();
    boolean display = scanner.matchMultiple('$') == 2;
    Position start = scanner.position();
    while (scanner.hasNext()) {
      char c = scanner.peek();
      if (c == '\\') {
        scanner.next();
        scanner.next();
      } else if (c == '$') {
        Position end = scanner.position();
        String tex = scanner.getSource(start, end).getContent();
        int signs = scanner.matchMultiple('$');
        boolean closed =
            display ? signs == 2 && !tex.isBlank() : signs == 1 && inline(tex, scanner);
        // A parser without formulas would read a backtick as code.
        return closed && tex.indexOf('`') < 0
            ? ParsedInline.of(new Formula(tex.strip(), display), scanner.position())
            : ParsedInline.none();
      } else {
        scanner.next();
      }
    }
    return ParsedInline.none();
  }

  private static boolean inline(String tex, Scanner after) {
    return !tex.isEmpty()
        && !Character.isWhitespace(tex.charAt(0))
        && !Character.isWhitespace(tex.charAt(tex.length() - 1))
        && !Character.isDigit(after.peek());
  }

  private static final class FormulaWriterFactory implements MarkdownNodeRendererFactory {
    @Override
    public NodeRenderer create(MarkdownNodeRendererContext context) {
      return new NodeRenderer() {
        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
          return Set.of(Formula.class);
        }

        @Override
        public void render(Node node) {
          Formula formula = (Formula) node;
          String sign = formula.display() ? "$$" : "$";
          String tex =
              formula.tex().replace("<", "\\lt ").replace(">", "\\gt ").replaceAll("\\s+", " ");
          context.getWriter().raw(sign + tex + sign);
        }
      };
    }

    @Override
    public Set<Character> getSpecialCharacters() {
      return Set.of('$');
    }
  }
}
