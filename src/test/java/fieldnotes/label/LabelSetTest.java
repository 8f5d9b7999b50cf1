package fieldnotes.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.common.Warned;
import fieldnotes.table.Samples;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class LabelSetTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static Label heard(Segment clip, String name) {
    return Label.byEar(clip, name, "ann", NOON);
  }

  private static Segment part(String file, double from, double to) {
    return new Segment(file, from, to);
  }

  /** Rows of 10 s: a.wav at 0, 10 and 20, b.wav at 0. */
  private static Samples rows() {
    Table table =
        Table.create(
            "rows",
            StringColumn.create("file", "a.wav", "a.wav", "a.wav", "b.wav"),
            DoubleColumn.create("start_s", 0, 10, 20, 0),
            DoubleColumn.create("duration_s", 10, 10, 10, 10),
            DoubleColumn.create("rms", 1, 2, 3, 4));
    return Samples.of(table).withFeatures(List.of("rms"));
  }

  @Test
  @DisplayName("a chunk has its own label, or that of the shortest part around it, or of the file")
  void ofChunks() {
    LabelSet labels =
        LabelSet.of(
            List.of(
                heard(Segment.of("a.wav"), "file"),
                heard(part("a.wav", 10.008, 19.995), "own"),
                heard(part("a.wav", 8, 31), "long"),
                heard(part("a.wav", 9, 30), "short"),
                heard(part("b.wav", 0.5, 30), "later")));
    assertThat(labels.on(rows()).classes()).containsExactly("file", "own", "short", "");
    assertThat(labels.on(rows()).features()).containsExactly("rms");
    assertThat(labels.at(part("a.wav", 8.99, 30.01)).orElseThrow().name()).isEqualTo("short");
    assertThat(labels.at(part("a.wav", 8.98, 30)).orElseThrow().name()).isEqualTo("long");
    assertThat(labels.at(Segment.of("a.wav")).orElseThrow().name()).isEqualTo("file");
    assertThat(labels.at(Segment.of("c.wav"))).isEmpty();
    assertThat(
            LabelSet.of(List.of(heard(new Segment("a.wav", 10, Double.NaN), "rest")))
                .on(rows())
                .classes())
        .containsExactly("", "rest", "rest", "");
  }

  @Test
  @DisplayName("the same by looking at every label")
  void sameAsByLookingAtAll() {
    List<Label> labels = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      double from = random.nextInt(100) / 4.0;
      labels.add(
          heard(
              part(i % 2 + ".wav", from, from + 1 + random.nextInt(80) / 4.0 + i * 1e-7), "c" + i));
    }
    LabelSet set = LabelSet.of(labels);
    for (int i = 0; i < 2000; i++) {
      double from = random.nextInt(200) / 8.0;
      Segment clip = part(i % 2 + ".wav", from, from + 0.5 + random.nextInt(20) / 4.0);
      double length = Double.POSITIVE_INFINITY;
      boolean own = false;
      for (Label label : labels) {
        Segment other = label.clip();
        boolean file = other.file().equals(clip.file());
        own |=
            file
                && Math.abs(other.startSeconds() - from) <= 0.01
                && Math.abs(other.endSeconds() - clip.endSeconds()) <= 0.01;
        if (file
            && other.startSeconds() <= from + 0.01
            && other.endSeconds() >= clip.endSeconds() - 0.01) {
          length = Math.min(length, other.endSeconds() - other.startSeconds());
        }
      }
      double expected = length;
      assertThat(set.at(clip).isPresent()).isEqualTo(Double.isFinite(length));
      if (!own) {
        set.at(clip)
            .ifPresent(
                label ->
                    assertThat(label.clip().endSeconds() - label.clip().startSeconds())
                        .isEqualTo(expected));
      }
    }
  }

  @Test
  @DisplayName("accents composed or not are the same file")
  void accents() {
    LabelSet labels = LabelSet.of(List.of(heard(Segment.of("Gene\u0300ve.wav"), "x")));
    assertThat(labels.at(Segment.of("Gen\u00e8ve.wav"))).isPresent();
    assertThat(labels.of(Segment.of("Gen\u00e8ve.wav"))).isEmpty();
  }

  @Test
  @DisplayName("rows and labels, there and back")
  void roundTrip() {
    Samples known = rows().withClasses(List.of("m", "", "d", "b"));
    LabelSet labels = LabelSet.of(known, "ann", NOON);
    assertThat(labels.labels())
        .containsExactly(
            heard(part("a.wav", 0, 10), "m"),
            heard(part("a.wav", 20, 30), "d"),
            heard(part("b.wav", 0, 10), "b"));
    assertThat(labels.on(rows()).classes()).isEqualTo(known.classes());
    Table ends = rows().table().copy();
    ends.replaceColumn("duration_s", DoubleColumn.create("end_s", 10, 20, 30, 10));
    assertThat(LabelSet.clips(Samples.of(ends))).isEqualTo(LabelSet.clips(rows()));
    Table files = Table.create("files", StringColumn.create("file", "a.wav", "b.wav"));
    assertThat(LabelSet.clips(Samples.of(files)))
        .containsExactly(Segment.of("a.wav"), Segment.of("b.wav"));
  }

  @Test
  @DisplayName("labels of other files than the rows are a warning")
  void otherFiles() {
    try (Warned warned = new Warned()) {
      assertThat(LabelSet.empty().on(rows()).classes()).containsOnly("");
      assertThat(warned.lines()).isEmpty();
      LabelSet.of(List.of(heard(Segment.of("x/a.wav"), "m"))).on(rows());
      assertThat(warned.lines())
          .containsExactly(
              "no label is about a row of 'rows': labels are of files such as x/a.wav, rows of"
                  + " a.wav");
    }
  }

  @Test
  @DisplayName("a sample is seeded, does not depend on order, and grows with its size")
  void samples() {
    List<Label> all =
        IntStream.range(0, 100).mapToObj(i -> heard(Segment.of(i + ".wav"), "m")).toList();
    LabelSet labels = LabelSet.of(all);
    LabelSet ten = labels.sample(10, 3);
    assertThat(ten.size()).isEqualTo(10);
    assertThat(LabelSet.of(all.reversed()).sample(10, 3)).isEqualTo(ten);
    assertThat(labels.sample(20, 3).labels()).containsAll(ten.labels());
    assertThat(labels.sample(10, 4)).isNotEqualTo(ten);
    assertThat(labels.sample(1000, 4)).isEqualTo(labels);
    // numpy.random.RandomState(0).permutation(10)[:3] is [2, 8, 4]
    assertThat(LabelSet.of(all.subList(0, 10)).sample(3, 0).labels())
        .extracting(label -> label.clip().file())
        .containsExactly("2.wav", "4.wav", "8.wav");
  }

  @Test
  @DisplayName("classes of another scheme")
  void renamed() {
    LabelSet labels =
        LabelSet.of(
            List.of(heard(Segment.of("a.wav"), "speech"), heard(Segment.of("b.wav"), "music")));
    Map<String, String> names = Map.of("speech", "dialogue");
    assertThat(labels.renamed(names)).hasToString("2 labels: dialogue 1, music 1");
    assertThatThrownBy(() -> labels.renamedAll(names))
        .hasMessage("no name is given for [music]: name each class, to itself if it stays");
    assertThat(labels.renamedAll(Map.of("speech", "d", "music", "d")).counts())
        .containsExactly(Map.entry("d", 2));
    assertThatThrownBy(() -> labels.renamed(Map.of("speech", " ")))
        .hasMessage("a.wav: the class is empty; a label needs a name");
  }

  @Test
  @DisplayName("files named from the folder of the labels file, from that of the rows, and back")
  void folders() {
    Path home = Path.of("evening");
    Path sounds = home.resolve("sound/talks");
    LabelSet labels = LabelSet.of(List.of(heard(part("sound/talks/a.wav", 0, 10), "m")));
    LabelSet inside = labels.inFolder(home, sounds);
    assertThat(inside.labels().getFirst().clip()).isEqualTo(part("a.wav", 0, 10));
    assertThat(inside.on(rows()).classes()).containsExactly("m", "", "", "");
    assertThat(inside.inFolder(sounds, home)).isEqualTo(labels);
    assertThat(labels.inFolder(home, Path.of("other")).labels().getFirst().clip().file())
        .isEqualTo("../evening/sound/talks/a.wav");
    assertThat(labels.inFolder(home, home.toAbsolutePath())).isSameAs(labels);
  }

  @Test
  void badInput() {
    assertThatThrownBy(
            () -> LabelSet.clips(Samples.of(Table.create("t", DoubleColumn.create("x", 1)))))
        .hasMessage("'t' has no column 'file': labels are of sound files; its columns are [x]");
    Label one = heard(Segment.of("a.wav"), "x");
    assertThatThrownBy(() -> LabelSet.of(List.of(one, one.withName("y"))))
        .hasMessage("a.wav has two labels, 'x' and 'y': settle them first");
  }
}
