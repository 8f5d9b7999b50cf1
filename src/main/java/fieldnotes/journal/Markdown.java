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
 * People's Markdown made safe: HTML in it becomes the text it is, headings step back below the
 * journal's own, pictures from elsewhere become links, addresses that run scripts become text, and
 * what was left open is closed. Formulas stand between dollar signs.
 */
public final class Markdown {
  /** The level of the highest heading that a text may have. */
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

  /** A formula in TeX, a node of the tree. */
  public static final class Formula extends CustomNode {
    private final String tex;
    private final boolean display;

    Formula(String tex, boolean display) {
      this.tex = tex;
      this.display = display;
    }

    /** What stands between the dollar signs. */
    public String tex() {
      return tex;
    }

    /** Whether it stands between two dollar signs each, on a line of its own. */
    public boolean display() {
      return display;
    }
  }

  /**
   * The text as a tree that holds nothing of harm: no HTML, no heading above the fourth level, no
   * picture from elsewhere, no address that runs a script. {@link Formula} stands for formulas.
   */
  public static Node parse(String markdown) {
    Node document = PARSER.parse(clean(markdown));
    document.accept(new Tamer());
    return document;
  }

  private static String clean(String markdown) {
    // A zero byte ends a page in some readers; nothing else below a blank has a place in words.
    String clean = markdown.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F]", "\uFFFD");
    return clean.replace("\r\n", "\n").replace('\r', '\n');
  }

  /** The text as Markdown that cannot spill over into what follows it. */
  static String safe(String markdown) {
    String written = WRITER.render(parse(markdown)).strip();
    return holds(written) ? written : fenced(markdown);
  }

  /** The text after a few words that lead it in, in their line where it begins with words. */
  static String safe(String lead, String markdown) {
    Node first = parse(markdown).getFirstChild();
    String page = lead + (first instanceof Paragraph ? " " : "\n\n") + safe(markdown);
    return holds(page) ? page : lead + "\n\n" + fenced(markdown);
  }

  /**
   * Whether a reader that knows nothing of formulas finds no HTML and no high heading in a page,
   * and finds what is written after it untouched. The writer has corners (a list in a list that
   * begins with an escaped line, say) where its page does not read as the tree it was made from.
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

  /** The text as it was typed, in a fence that nothing in it closes. */
  private static String fenced(String markdown) {
    FencedCodeBlock code = new FencedCodeBlock();
    code.setFenceCharacter("`");
    code.setLiteral(clean(markdown));
    Node document = new Document();
    document.appendChild(code);
    return WRITER.render(document).strip();
  }

  /** Words of one line with nothing in them that Markdown or HTML would take for a sign. */
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
    // What would begin a list or be a rule at the start of a line.
    if (plain.matches("[-+=](\\s.*)?|[-=+\\s]+")) {
      return "\\" + plain;
    }
    return plain.replaceFirst("^(\\d+)([.)])(?=\\s|$)", "$1\\\\$2");
  }

  /** Words as an attribute of HTML. */
  static String attribute(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;")
        .replaceAll("[\\p{Cntrl}\\s]+", " ")
        .strip();
  }

  /** Whether an address may stand in a page: the web, mail, or a file beside the page. */
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

    /** Indented code would be none once something stands before it; a fence holds anywhere. */
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

    /** Leaves the words of a link and takes the link away. */
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

  /** {@code $…$} without blanks inside its ends and no digit after; or {@code $$…$$}. */
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
        // A reader that knows no formulas would take a backtick for the start of code.
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
