package fieldnotes.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fieldnotes.common.Faults;
import fieldnotes.common.Warned;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LabelStoreTest {
  private static final Segment A = Segment.of("a.wav");
  private static final Segment B = Segment.of("b.wav");
  private static final Segment PART = new Segment("a.wav", 1.5, 4);

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("labels.json");
  }

  private LabelStore open() {
    return LabelStore.open(file(), "anna");
  }

  private static String name(LabelStore store, Segment clip) {
    return store.label(clip).map(Label::name).orElse("");
  }

  @Test
  @DisplayName("labels, parts, skips and removals are there when the file is opened again")
  void again() {
    try (LabelStore store = open()) {
      store.add(A, "music");
      store.add(PART, "dialogue");
      store.add(B, "both");
      store.remove(B);
      store.skip(Segment.of("c.wav"));
      store.add(
          List.of(
              Label.byCluster(Segment.of("d.wav"), "music", 4, 5, "ward", Instant.EPOCH),
              Label.byModel(Segment.of("e.wav"), "both", 0.75, "forest", Instant.EPOCH)));
    }
    try (LabelStore store = open()) {
      assertThat(store.labels().size()).isEqualTo(4);
      assertThat(name(store, A)).isEqualTo("music");
      assertThat(name(store, PART)).isEqualTo("dialogue");
      assertThat(name(store, B)).isEmpty();
      assertThat(store.isSkipped(Segment.of("c.wav"))).isTrue();
      assertThat(store.isSkipped(A)).isFalse();
      assertThat(store.label(Segment.of("d.wav")).orElseThrow())
          .isEqualTo(Label.byCluster(Segment.of("d.wav"), "music", 4, 5, "ward", Instant.EPOCH));
      assertThat(store.label(Segment.of("e.wav")).orElseThrow().sure()).isEqualTo(0.75);
      assertThat(store.label(A).orElseThrow().who()).isEqualTo("anna");
    }
    assertThat(LabelStore.read(file()).counts())
        .containsExactly(Map.entry("both", 1), Map.entry("dialogue", 1), Map.entry("music", 2));
  }

  @Test
  @DisplayName("the file is JSON with one event on a line, after every step")
  void readable() throws Exception {
    try (LabelStore store = open()) {
      for (int i = 0; i < 3; i++) {
        store.add(Segment.of("é <b>\"" + i + ".wav"), "music");
        JsonNode json = new JsonMapper().readTree(Files.readAllBytes(file()));
        assertThat(json.path("events").size()).isEqualTo(i + 1);
        assertThat(Files.readAllLines(file())).hasSize(i + 3);
      }
    }
  }

  @Test
  @DisplayName("undo takes back step by step to the first, also those before the file was opened")
  void undo() {
    try (LabelStore store = open()) {
      store.add(A, "music");
      store.add(A, "dialogue");
      store.skip(B);
    }
    try (LabelStore store = open()) {
      store.add(B, "both");
      store.remove(A);
      assertThat(store.undo().orElseThrow().kind()).isEqualTo(LabelStep.Kind.REMOVE);
      assertThat(name(store, A)).isEqualTo("dialogue");
      assertThat(store.undo().orElseThrow().clips()).containsExactly(B);
      assertThat(store.isSkipped(B)).isTrue();
      assertThat(store.undo()).isPresent();
      assertThat(store.isSkipped(B)).isFalse();
      store.undo();
      assertThat(name(store, A)).isEqualTo("music");
      store.undo();
      assertThat(store.labels().size()).isZero();
      assertThat(store.undo()).isEqualTo(Optional.empty());
    }
    assertThat(LabelStore.read(file())).isEqualTo(LabelSet.empty());
  }

  @Test
  @DisplayName("a second hearing replaces the label and is compared with the one before")
  void check() {
    try (LabelStore store = open()) {
      store.add(A, "music");
      store.add(B, "music");
      store.check(A, "both");
      store.check(B, "music");
      assertThat(store.checked())
          .extracting(c -> c.first().name())
          .containsExactly("music", "music");
      assertThat(store.checked())
          .extracting(c -> c.second().name())
          .containsExactly("both", "music");
      assertThat(name(store, A)).isEqualTo("both");
      store.undo();
      store.undo();
      assertThat(store.checked()).isEmpty();
      assertThat(name(store, A)).isEqualTo("music");
    }
  }

  @Test
  @DisplayName("after any sequence of steps and undos, labels are those of the steps that stand")
  void property() {
    Random random = new Random(7);
    List<Map<String, String>> states = new ArrayList<>(List.of(Map.of())); // file to class
    LabelSet last;
    List<LabelStep> steps;
    try (LabelStore store = open()) {
      for (int i = 0; i < 300; i++) {
        String clip = random.nextInt(5) + ".wav";
        String name = "c" + random.nextInt(3);
        Map<String, String> next = new TreeMap<>(states.getLast());
        switch (random.nextInt(10)) {
          case 0, 1, 2 -> {
            store.undo();
            if (states.size() > 1) {
              states.removeLast();
            }
            next = null;
          }
          case 3 -> store.skip(Segment.of(clip));
          case 4 -> {
            store.remove(Segment.of(clip));
            next.remove(clip);
          }
          case 5 -> {
            store.check(Segment.of(clip), name);
            next.put(clip, name);
          }
          default -> {
            store.add(Segment.of(clip), name);
            next.put(clip, name);
          }
        }
        if (next != null) {
          states.add(next);
        }
        Map<String, String> now = new TreeMap<>();
        store.labels().labels().forEach(label -> now.put(label.clip().file(), label.name()));
        assertThat(now).as("after %d steps", i).isEqualTo(states.getLast());
      }
      last = store.labels();
      steps = store.steps();
    }
    try (LabelStore again = open()) {
      assertThat(again.labels()).isEqualTo(last);
      assertThat(again.steps()).isEqualTo(steps).hasSize(states.size() - 1);
    }
  }

  @Test
  @DisplayName("steps that were taken back are dropped when they are many, and nothing else is")
  void compacted() throws Exception {
    try (LabelStore store = open()) {
      store.add(A, "music");
      for (int i = 0; i < 210; i++) {
        store.add(B, "both");
        store.undo();
      }
      store.add(B, "dialogue");
      assertThat(Files.readAllLines(file())).hasSizeLessThan(60);
      assertThat(store.steps()).hasSize(2);
    }
    try (LabelStore store = open()) {
      assertThat(name(store, A)).isEqualTo("music");
      assertThat(name(store, B)).isEqualTo("dialogue");
      store.undo();
      assertThat(name(store, B)).isEmpty();
    }
  }

  @Tag("long")
  @Test
  @DisplayName(
      "cut off anywhere, the file keeps every event before the cut and can be gone on with")
  void cut() throws Exception {
    byte[] whole;
    try (LabelStore store = open()) {
      for (int i = 0; i < 4; i++) {
        store.add(Segment.of("é" + i), "music");
      }
      whole = Files.readAllBytes(file());
    }
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    for (int at = 0; at < whole.length; at += at < 40 ? 1 : 3) {
      Files.write(file(), Arrays.copyOf(whole, at));
      long lines = text.substring(0, at).chars().filter(c -> c == '\n').count();
      try (Warned _ = new Warned();
          LabelStore store = open()) {
        int kept = store.labels().size();
        assertThat(kept).as("cut at %d", at).isBetween((int) Math.max(0, lines - 1), 4);
        store.add(B, "both");
      }
      assertThat(new JsonMapper().readTree(Files.readAllBytes(file())).path("events").isArray())
          .isTrue();
    }
  }

  @Test
  @DisplayName("a damaged line is told of, and the file as it was is kept beside")
  void damaged() throws Exception {
    try (LabelStore store = open()) {
      store.add(A, "music");
      store.add(B, "both");
      store.add(PART, "dialogue");
    }
    String text = Files.readString(file());
    Files.writeString(
        file(),
        text.replace("\"kind\":\"label\",\"when\"", "\"kind:\"label\",\"when\"")
            .replaceFirst("\"kind:", "\"kind\":")
            .replaceFirst("both\"", "both"));
    byte[] was = Files.readAllBytes(file());
    try (Warned warned = new Warned()) {
      try (LabelStore store = open()) {
        assertThat(store.labels().size()).isLessThan(3);
      }
      assertThat(warned.lines()).anyMatch(line -> line.contains("labels.json, line"));
    }
    try (var files = Files.list(folder)) {
      Path copy =
          files
              .filter(f -> f.getFileName().toString().startsWith("labels.json.damaged-"))
              .findFirst()
              .orElseThrow();
      assertThat(Files.readAllBytes(copy)).isEqualTo(was);
    }
  }

  @Test
  @DisplayName("a file that an editor has formatted anew is read and put back in form")
  void formatted() throws Exception {
    try (LabelStore store = open()) {
      store.add(A, "music");
      store.add(PART, "both");
    }
    JsonNode json = new JsonMapper().readTree(Files.readAllBytes(file()));
    Files.writeString(
        file(),
        "\uFEFF" + new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json));
    try (LabelStore store = open()) {
      assertThat(store.labels().size()).isEqualTo(2);
      store.add(B, "dialogue");
    }
    assertThat(LabelStore.read(file()).size()).isEqualTo(3);
    assertThat(Files.readAllLines(file()).getFirst()).startsWith("{\"fieldnotes labels\"");
  }

  @Test
  @DisplayName("a second store on the file is refused until the first is closed")
  void two() {
    try (LabelStore store = open()) {
      store.add(A, "music");
      assertThatThrownBy(this::open)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(
              "labels.json is in use by another page or notebook: close that first");
      assertThat(LabelStore.read(file()).size()).isEqualTo(1);
      store.add(B, "both"); // still its own
    }
    try (LabelStore store = open()) {
      assertThat(store.labels().size()).isEqualTo(2);
    }
  }

  @Tag("long")
  @Test
  @DisplayName("many threads at once lose and double nothing")
  void threads() throws Exception {
    try (LabelStore store = open();
        ExecutorService pool = Executors.newFixedThreadPool(16)) {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < 16; t++) {
        int thread = t;
        all.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < 25; i++) {
                    store.add(Segment.of(thread + "-" + i), "music");
                    assertThat(LabelStore.read(file()).of(Segment.of(thread + "-" + i)))
                        .isPresent();
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
      assertThat(store.labels().size()).isEqualTo(400);
      assertThat(store.steps()).extracting(LabelStep::number).doesNotHaveDuplicates().isSorted();
    }
    try (LabelStore store = open()) {
      assertThat(store.steps()).hasSize(400);
    }
  }

  @Test
  @DisplayName("a watcher is told of steps in the order of the file, and of none that failed")
  void watched() throws Exception {
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    try (LabelStore store = open();
        ExecutorService pool = Executors.newFixedThreadPool(8)) {
      store.watch((step, undone) -> told.add((undone ? "-" : "+") + step.number()));
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        Random random = new Random(t);
        all.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < 20; i++) {
                    if (random.nextInt(3) == 0) {
                      store.undo();
                    } else {
                      store.add(Segment.of(random.nextInt(4) + ".wav"), "music");
                    }
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
      Deque<String> live = new ArrayDeque<>();
      for (String one : told) {
        if (one.startsWith("+")) {
          live.push(one.substring(1));
        } else {
          assertThat(live.pop()).isEqualTo(one.substring(1));
        }
      }
      assertThat(store.steps().reversed().stream().map(step -> "" + step.number()))
          .containsExactlyElementsOf(live);
      told.clear();
      try (Faults _ = Faults.at(0)) {
        assertThatThrownBy(() -> store.add(A, "both")).isInstanceOf(UncheckedIOException.class);
      }
      assertThat(told).isEmpty();
      store.watch(
          (step, undone) -> {
            throw new IllegalStateException("a fault of the page");
          });
      try (Warned warned = new Warned()) {
        store.add(A, "both"); // holds all the same
        assertThat(warned.lines()).hasSize(1).first().asString().contains("a fault of the page");
      }
      assertThat(name(store, A)).isEqualTo("both");
    }
  }

  @Test
  @DisplayName("labels for clips without one leave those alone that were heard meanwhile")
  void missing() {
    try (LabelStore store = open()) {
      store.add(A, "music");
      List<Label> labels =
          List.of(
              Label.byCluster(A, "dialogue", 2, 2, "", Instant.EPOCH),
              Label.byCluster(B, "dialogue", 2, 2, "", Instant.EPOCH));
      assertThat(store.addMissing(labels).orElseThrow().clips()).containsExactly(B);
      assertThat(name(store, A)).isEqualTo("music");
      assertThat(store.addMissing(labels)).isEmpty();
      assertThat(store.steps()).hasSize(2);
    }
  }

  @Test
  @DisplayName("a step that cannot be written was not done, and the next one is")
  void faults() throws Exception {
    try (LabelStore store = open()) {
      store.add(A, "music");
      Thread.sleep(100); // its hash was asked for, of a file that is not there
      int steps;
      try (Faults none = Faults.none()) {
        store.add(B, "music");
        steps = none.steps().size();
      }
      store.undo();
      assertThat(steps).isEqualTo(2);
      for (int i = 0; i < steps; i++) {
        byte[] before = Files.readAllBytes(file());
        try (Faults _ = Faults.at(i)) {
          assertThatThrownBy(() -> store.add(B, "both"))
              .isInstanceOf(UncheckedIOException.class)
              .hasMessageContaining("the step was not kept")
              .hasMessageContaining(Faults.MESSAGE);
        }
        assertThat(store.label(B)).isEmpty();
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
        try (Faults _ = Faults.at(i)) {
          assertThatThrownBy(store::undo).isInstanceOf(UncheckedIOException.class);
        }
        assertThat(name(store, A)).isEqualTo("music");
      }
      store.add(B, "dialogue");
    }
    assertThat(LabelStore.read(file()).size()).isEqualTo(2);
  }

  @Test
  @DisplayName("an interrupted thread finishes its step")
  void interrupted() {
    try (LabelStore store = open()) {
      Thread.currentThread().interrupt();
      store.add(A, "music");
      assertThat(Thread.interrupted()).isTrue();
      store.add(B, "both");
      assertThatThrownBy(this::open).isInstanceOf(IllegalStateException.class); // still locked
    }
    assertThat(LabelStore.read(file()).size()).isEqualTo(2);
  }

  @Test
  @DisplayName("what another program put in place of the file is kept beside, and no label is lost")
  void replaced() throws Exception {
    try (LabelStore store = open();
        Warned warned = new Warned()) {
      store.add(A, "music");
      Path other = folder.resolve("other");
      Files.writeString(other, "{}");
      Files.move(other, file(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      store.add(B, "both");
      assertThat(LabelStore.read(file()).size()).isEqualTo(2);
      assertThat(warned.lines()).anyMatch(line -> line.contains("changed by another program"));
      Files.delete(file());
      store.add(PART, "both");
      assertThat(LabelStore.read(file()).size()).isEqualTo(3);
    }
    try (var files = Files.list(folder)) {
      assertThat(files.filter(f -> f.toString().contains(".changed-"))).hasSize(1);
    }
  }

  @Test
  @DisplayName("what an editor saved into the file meanwhile is kept beside, and no label is lost")
  void edited() throws Exception {
    try (LabelStore store = open();
        Warned warned = new Warned()) {
      store.add(A, "music");
      store.add(B, "both");
      Files.writeString(file(), Files.readString(file()).replace("both", "jazz and blues"));
      store.undo();
      store.add(PART, "dialogue");
      assertThat(warned.lines()).hasSize(1).first().asString().contains("changed by another");
      assertThat(LabelStore.read(file())).isEqualTo(store.labels());
      assertThat(store.labels().counts()).containsOnlyKeys("music", "dialogue");
    }
  }

  @Test
  @DisplayName("a link leads to the same file, with the same lock and the same names")
  void link() throws Exception {
    Path other = Files.createDirectories(folder.resolve("far/away"));
    Path link = Files.createSymbolicLink(other.resolve("link.json"), file());
    try (LabelStore store = open()) {
      store.add(A, "music");
      assertThatThrownBy(() -> LabelStore.open(link, "bob"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("in use");
    }
    try (LabelStore store = LabelStore.open(link, "bob")) {
      assertThat(store.folder()).isEqualTo(folder.toRealPath());
      store.add(B, "both");
    }
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(LabelStore.read(file()).size()).isEqualTo(2);
  }

  @Test
  @DisplayName("classes and their keys are kept, in order, also when the file is written anew")
  void classes() throws Exception {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("music", "m");
    keys.put("dance", "x");
    keys.put("ambient", "");
    try (LabelStore store = open()) {
      assertThat(store.classes()).isEmpty();
      store.classes(keys);
      byte[] before = Files.readAllBytes(file());
      store.classes(new LinkedHashMap<>(keys));
      assertThat(Files.readAllBytes(file())).isEqualTo(before);
      for (int i = 0; i < 201; i++) {
        store.add(A, "music");
        store.undo();
      }
    }
    try (LabelStore store = open()) {
      assertThat(List.copyOf(store.classes().keySet()))
          .containsExactly("music", "dance", "ambient");
      assertThat(store.classes()).isEqualTo(keys);
      assertThat(store.undo()).isEmpty();
    }
  }

  @Test
  @DisplayName("what is no regular file is left alone")
  void device() {
    assumeTrue(Files.exists(Path.of("/dev/null")), "there are no devices here");
    assertThatThrownBy(() -> LabelStore.open(Path.of("/dev/null"), "anna"))
        .hasMessage("/dev/null is not a regular file; give a labels file");
    assertThat(Files.exists(Path.of("/dev/.null.lock"))).isFalse();
  }

  private Path sound(String name, int content) throws Exception {
    Path sound = folder.resolve(name);
    Files.createDirectories(sound.getParent());
    return Files.write(sound, new byte[] {1, 2, (byte) content});
  }

  @Test
  @DisplayName("labels follow files that are moved, renamed or exchanged, by their content")
  void follow() throws Exception {
    Path a = sound("s/a.wav", 1);
    Path b = sound("s/b.wav", 2);
    Path c = sound("s/c.wav", 3);
    Path same = sound("s/same.wav", 4);
    try (LabelStore store = open()) {
      store.add(Segment.of(store.name(a)), "one");
      store.add(Segment.of(store.name(b)), "two");
      store.add(new Segment(store.name(c), 1, 2), "three");
      store.add(Segment.of(store.name(same)), "four");
    }
    Files.move(c, folder.resolve("s/é new.wav")); // renamed
    Path aside = folder.resolve("aside");
    Files.move(a, aside); // a and b exchange their names
    Files.move(b, a);
    Files.move(aside, b);
    List<Path> now = List.of(a, b, folder.resolve("s/é new.wav"), same);
    try (LabelStore store = open()) {
      assertThat(store.follow(now))
          .isEqualTo(Map.of("s/a.wav", "s/b.wav", "s/b.wav", "s/a.wav", "s/c.wav", "s/é new.wav"));
      assertThat(name(store, Segment.of("s/a.wav"))).isEqualTo("two");
      assertThat(name(store, Segment.of("s/b.wav"))).isEqualTo("one");
      assertThat(name(store, new Segment("s/é new.wav", 1, 2))).isEqualTo("three");
      assertThat(name(store, Segment.of("s/same.wav"))).isEqualTo("four");
      assertThat(store.follow(now)).isEmpty();
    }
    try (LabelStore store = open()) {
      assertThat(store.follow(now)).isEmpty();
      assertThat(name(store, new Segment("s/é new.wav", 1, 2))).isEqualTo("three");
    }
  }

  @Test
  @DisplayName("a file whose content was changed keeps its label, with a warning; touched, without")
  void changed() throws Exception {
    Path a = sound("a.wav", 1);
    Path b = sound("b.wav", 2);
    try (LabelStore store = open()) {
      store.add(A, "music");
      store.add(B, "both");
    }
    sound("a.wav", 9);
    Files.setLastModifiedTime(a, java.nio.file.attribute.FileTime.fromMillis(1000));
    Files.setLastModifiedTime(b, java.nio.file.attribute.FileTime.fromMillis(2000));
    try (LabelStore store = open();
        Warned warned = new Warned()) {
      assertThat(store.follow(List.of(a, b))).isEmpty();
      assertThat(name(store, A)).isEqualTo("music");
      assertThat(warned.lines()).hasSize(1).first().asString().startsWith("a.wav is not what was");
    }
  }

  @Test
  @DisplayName("a copy of a labelled file has no label, and takes none away")
  void copied() throws Exception {
    Path a = sound("a.wav", 1);
    try (LabelStore store = open()) {
      store.add(A, "music");
    }
    Path copy = sound("copy.wav", 1);
    try (LabelStore store = open()) {
      assertThat(store.follow(List.of(a, copy))).isEmpty();
      assertThat(store.labels().size()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("30,000 labels of one group are one step, and one undo")
  void many() {
    List<Label> all =
        IntStream.range(0, 30_000)
            .mapToObj(i -> Label.byCluster(Segment.of(i + ".wav"), "m", 3, 3, "", Instant.EPOCH))
            .toList();
    try (LabelStore store = open()) {
      store.add(all);
      store.add(A, "music");
      assertThat(store.labels().size()).isEqualTo(30_001);
      store.undo();
      store.undo();
      assertThat(store.labels().size()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a.wav\": \"music\"}", "[1, 2]", "3", "{\"events\": []}", "a,b\n1,2"})
  void otherFiles(String content) throws Exception {
    Files.writeString(file(), content);
    assertThatThrownBy(this::open)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("labels.json")
        .hasMessageContaining("it is no labels file; choose another name, or import it");
    assertThat(Files.readString(file())).isEqualTo(content);
    open2();
  }

  /** The lock is free after a refusal. */
  private void open2() throws Exception {
    Files.delete(file());
    open().close();
  }

  @Test
  void newer() throws Exception {
    Files.writeString(file(), "{\"fieldnotes labels\": 2, \"events\": []}\n");
    assertThatThrownBy(this::open).hasMessageContaining("written by a newer Fieldnotes");
  }

  @Test
  void noFolder() {
    assertThatThrownBy(() -> LabelStore.open(folder, "anna")).hasMessageContaining("is a folder");
    assertThatThrownBy(() -> LabelStore.read(file()))
        .hasMessageContaining("there is no labels file");
    try (LabelStore store = open()) {
      assertThatThrownBy(() -> store.add(List.of())).hasMessageContaining("labels is empty");
      assertThatThrownBy(() -> store.add(A, " ")).hasMessageContaining("the class is empty");
    }
    LabelStore closed = open();
    closed.close();
    assertThatThrownBy(() -> closed.add(A, "m")).hasMessageContaining("was closed");
  }
}
