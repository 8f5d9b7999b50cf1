package fieldnotes.publish;

import fieldnotes.journal.Markdown;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/** The journal's Markdown as HTML, with links that hold within the site. */
final class Prose {
  private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
  private static final HtmlRenderer HTML =
      HtmlRenderer.builder()
          .extensions(EXTENSIONS)
          .escapeHtml(true)
          .sanitizeUrls(true)
          .nodeRendererFactory(
              context -> formulas(f -> context.getWriter().raw(Tex.html(f.tex(), f.display()))))
          .build();
  private static final TextContentRenderer PLAIN =
      TextContentRenderer.builder()
          .extensions(EXTENSIONS)
          .nodeRendererFactory(context -> formulas(f -> context.getWriter().write(f.tex())))
          .build();

  private final SiteFolder folder;

  Prose(SiteFolder folder) {
    this.folder = folder;
  }

  /** The text as HTML; nothing in it can do harm. */
  String html(String markdown) {
    Node document = Markdown.parse(markdown);
    document.accept(new Inward());
    return HTML.render(document);
  }

  /** The words of a text without Markdown's signs. */
  static String plain(String markdown) {
    return PLAIN.render(Markdown.parse(markdown));
  }

  private static NodeRenderer formulas(Consumer<Markdown.Formula> writer) {
    return new NodeRenderer() {
      @Override
      public Set<Class<? extends Node>> getNodeTypes() {
        return Set.of(Markdown.Formula.class);
      }

      @Override
      public void render(Node node) {
        writer.accept((Markdown.Formula) node);
      }
    };
  }

  /** Links to files next to the journal: those that the site has stay, the others become text. */
  private final class Inward extends AbstractVisitor {
    @Override
    public void visit(Link link) {
      visitChildren(link);
      String to = link.getDestination();
      if (to.contains(":")) {
        return;
      }
      String file = to.replaceFirst("[?#].*", "");
      Optional<String> page =
          folder.has(file)
              ? Optional.of(file)
              : folder.notebookPage(file.replace("%20", " ").replaceFirst("^\\./", ""));
      if (page.isPresent()) {
        link.setDestination(page.get());
      } else {
        lift(link);
      }
    }

    @Override
    public void visit(Image image) {
      if (!folder.has(image.getDestination())) {
        lift(image);
      }
    }

    private void lift(Node node) {
      Node child = node.getFirstChild();
      while (child != null) {
        Node following = child.getNext();
        node.insertBefore(child);
        child = following;
      }
      node.unlink();
    }
  }
}
