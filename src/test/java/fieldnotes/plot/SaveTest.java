package fieldnotes.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.draw.Bars;
import fieldnotes.draw.ColorMap;
import fieldnotes.draw.Figure;
import fieldnotes.draw.Lines;
import fieldnotes.draw.Sheet;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class SaveTest {
  @TempDir Path folder;

  private static Figure bars() {
    return Bars.of("a < b & \"c\"", "Größe", List.of("x", "y"), "件", new double[] {1, 2});
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static Element xml(byte[] svg) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg)).getDocumentElement();
  }

  private static List<String> texts(Element svg, String name) {
    var nodes = svg.getElementsByTagNameNS("http://www.w3.org/2000/svg", name);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  private byte[] svg(Figure figure) throws IOException {
    return Files.readAllBytes(figure.save(folder.resolve("figure.svg")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bars.png", "BARS.PNG", "a/b/two words.png"})
  @DisplayName("a PNG has the figure's pixels; folders are made, and nothing else is left there")
  void png(String name) throws Exception {
    Path file = folder.resolve(name);
    assertThat(bars().save(file.toString())).isEqualTo(file);
    assertThat(file).hasBinaryContent(bars().png());
    BufferedImage saved = ImageIO.read(file.toFile());
    BufferedImage painted = bars().image(Figure.PNG_SCALE);
    assertThat(saved.getWidth()).isEqualTo(painted.getWidth());
    assertThat(saved.getHeight()).isEqualTo(painted.getHeight());
    int w = saved.getWidth();
    assertThat(saved.getRGB(0, 0, w, saved.getHeight(), null, 0, w))
        .isEqualTo(painted.getRGB(0, 0, w, saved.getHeight(), null, 0, w));
    assertThat(files(file.getParent())).containsExactly(file);
  }

  @Test
  @DisplayName("an SVG holds the title, texts as outlines, and as text what the font lacks")
  void svgByHand() throws Exception {
    Element svg = xml(svg(bars()));
    assertThat(svg.getLocalName()).isEqualTo("svg");
    assertThat(svg.getAttribute("width")).startsWith("720");
    assertThat(svg.getAttribute("viewBox")).matches("0(\\.0)? 0(\\.0)? 720(\\.0)? 420(\\.0)?");
    assertThat(svg.getFirstChild().getLocalName()).isEqualTo("title");
    assertThat(svg.getFirstChild().getTextContent()).isEqualTo("a < b & \"c\"");
    assertThat(texts(svg, "desc").getFirst()).contains("a < b & \"c\"", "Größe", "件");
    assertThat(texts(svg, "text")).containsOnly("件");
    int letters = texts(svg, "path").size();
    Figure other = Bars.of("a < b & \"c\"", "", List.of("x", "y"), "件", new double[] {1, 2});
    assertThat(texts(xml(svg(other)), "path")).hasSizeLessThan(letters); // without "Größe"
  }

  @Test
  @DisplayName("signs that XML has no way to write are replaced")
  void controlCharacters() throws Exception {
    Figure figure = Bars.of("a\u0001b\ud800", "", List.of("\u0000"), "", new double[] {1});
    assertThat(texts(xml(svg(figure)), "title")).containsExactly("a\ufffdb\ufffd");
  }

  @Tag("long")
  @Test
  @DisplayName(
      "every kind of figure is valid SVG with its title, and the same bytes in any country")
  void everyKind() throws Exception {
    Map<String, Supplier<Figure>> all = new LinkedHashMap<>(FigureTest.every());
    all.putAll(FigureTest.clustering());
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    for (Map.Entry<String, Supplier<Figure>> one : all.entrySet()) {
      byte[] first = svg(one.getValue().get());
      Element svg = xml(first);
      assertThat(texts(svg, "title"))
          .as(one.getKey())
          .containsExactly(one.getValue().get().title());
      assertThat(texts(svg, "text")).as(one.getKey()).isEmpty();
      try {
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
        assertThat(svg(one.getValue().get())).as(one.getKey()).isEqualTo(first);
      } finally {
        Locale.setDefault(locale);
        TimeZone.setDefault(zone);
      }
    }
  }

  @Test
  @DisplayName("in an SVG of a heat map the cells are a picture of the area between the axes")
  void heatMapCells() throws Exception {
    Element svg = xml(svg(FigureTest.every().get("heat map").get()));
    Element image =
        (Element) svg.getElementsByTagNameNS("http://www.w3.org/2000/svg", "image").item(0);
    String data = image.getAttributeNS("http://www.w3.org/1999/xlink", "href");
    assertThat(data).startsWith("data:image/png;base64,");
    byte[] png = Base64.getDecoder().decode(data.substring("data:image/png;base64,".length()));
    BufferedImage cells = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(Double.parseDouble(image.getAttribute("width"))).isEqualTo(cells.getWidth());
    assertThat(Double.parseDouble(image.getAttribute("height"))).isEqualTo(cells.getHeight());
    assertThat(cells.getRGB(2, 2)).isEqualTo(ColorMap.VIRIDIS.color(0).getRGB());
  }

  @Test
  @DisplayName("two figures on one page share no name of a clip")
  void clipNames() throws Exception {
    Figure left = Sheet.of("left", 1, List.of(bars()));
    Figure right = Sheet.of("right", 1, List.of(bars()));
    Set<String> ids = new HashSet<>();
    int count = 0;
    for (Figure figure : List.of(left, right)) {
      var clips = xml(svg(figure)).getElementsByTagNameNS("http://www.w3.org/2000/svg", "clipPath");
      assertThat(clips.getLength()).isPositive();
      for (int i = 0; i < clips.getLength(); i++, count++) {
        ids.add(((Element) clips.item(i)).getAttribute("id"));
      }
    }
    assertThat(ids).hasSize(count);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bars.gif", "bars", "png", "bars.svg.gz"})
  @DisplayName("another ending is refused with those that are possible, and nothing is made")
  void otherEndings(String name) throws Exception {
    Path file = folder.resolve("made").resolve(name);
    assertThatThrownBy(() -> bars().save(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "file '%s': a figure is saved as PNG or SVG; end the name in .png or .svg", file);
    assertThat(files(folder)).isEmpty();
  }

  @Test
  @DisplayName("a folder that is a file, or a file that is a folder, is refused by name")
  void notWritable() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "kept");
    assertThatThrownBy(() -> bars().save(file.resolve("bars.png")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith(
            "cannot write the figure %s: %1$s: a part of the path is a file, not a folder"
                .formatted(file.resolve("bars.png")));
    Path taken = Files.createDirectories(folder.resolve("taken.svg").resolve("inside")).getParent();
    assertThatThrownBy(() -> bars().save(taken))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("cannot write the figure " + taken);
    assertThat(file).hasContent("kept");
    assertThat(files(folder)).containsExactly(file, taken);
  }

  @Test
  @DisplayName("a figure that fails while it is painted leaves the older file as it was")
  void olderFileIsKept() throws Exception {
    Path file = bars().save(folder.resolve("bars.svg"));
    byte[] before = Files.readAllBytes(file);
    Figure failing =
        Figure.drawn(
            "fails",
            100,
            100,
            (g, w, h) -> {
              throw new IllegalStateException("no");
            });
    assertThatThrownBy(() -> failing.save(file)).isInstanceOf(IllegalStateException.class);
    assertThat(file).hasBinaryContent(before);
    double[] two = {1, 2};
    Figure.of(Lines.of("another", "x", "y", two, two)).save(file);
    assertThat(texts(xml(Files.readAllBytes(file)), "title")).containsExactly("another");
    assertThat(files(folder)).containsExactly(file);
  }

  @Tag("long")
  @Test
  @DisplayName("in the POSIX locale, without UTF-8, the files are the same")
  void posix() throws Exception {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.awt.headless=true",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Child.class.getName(),
            folder.toString());
    java.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
    java.environment().put("LC_ALL", "POSIX");
    Path log = folder.resolve("log");
    java.redirectErrorStream(true).redirectOutput(log.toFile());
    int status = java.start().waitFor();
    assertThat(status).as(Files.readString(log, StandardCharsets.ISO_8859_1)).isZero();
    assertThat(folder.resolve("child.png")).hasBinaryContent(bars().png());
    assertThat(folder.resolve("child.svg")).hasBinaryContent(svg(bars()));
  }

  /** Saves the same figure in a process of its own. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      bars().save(arguments[0] + File.separator + "child.png");
      bars().save(arguments[0] + File.separator + "child.svg");
    }
  }
}
