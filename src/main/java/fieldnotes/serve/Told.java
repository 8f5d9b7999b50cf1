package fieldnotes.serve;

import fieldnotes.label.ClipList;
import fieldnotes.label.ClipModel;
import fieldnotes.label.Guide;
import fieldnotes.label.Label;
import fieldnotes.label.Ratios;
import fieldnotes.label.Segment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the page is told, as objects that become JSON. */
final class Told {
  private Told() {}

  /** How far the labelling is. */
  static Map<String, Object> progress(Session.View view) {
    Tally tally = view.tally();
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("total", tally.size());
    out.put("done", tally.done());
    out.put("skipped", tally.skippedCount());
    out.put("perHour", tally.perHour());
    out.put("counts", tally.counts());
    out.put("ratios", tally.counts().isEmpty() ? "" : Ratios.of(tally.counts()).toString());
    out.put("group", waiting(view));
    SecondPass.Agreed agreed = view.pass().agreed();
    out.put("checked", agreed.checked());
    out.put("agreeing", agreed.agreeing());
    out.put("kappa", Double.isNaN(agreed.kappa()) ? null : agreed.kappa());
    out.put("outlook", view.advice().outlook().orElse(null));
    out.put("passDrawn", view.pass().drawn());
    out.put("passLeft", view.pass().left());
    return out;
  }

  /** How many clips have no label yet but would take one over. */
  private static int waiting(Session.View view) {
    return (int)
        view.queue().propagated().keySet().stream()
            .filter(row -> !view.tally().isDone(row))
            .count();
  }

  /** For each class, how many labels could be taken over, by the heard clips that agree on them. */
  static List<Map<String, Object>> group(Session.View view) {
    Map<String, Map<Integer, Integer>> counts = new TreeMap<>();
    view.queue()
        .propagated()
        .forEach(
            (row, by) -> {
              if (!view.tally().isDone(row)) {
                counts
                    .computeIfAbsent(by.name(), name -> new TreeMap<>())
                    .merge(by.agreeing(), 1, Integer::sum);
              }
            });
    List<Map<String, Object>> out = new ArrayList<>();
    counts.forEach((name, labels) -> out.add(Map.of("name", name, "labels", labels)));
    return out;
  }

  /** The classes and their keys. */
  static List<Map<String, Object>> classes(Session.View view) {
    return view.classes().stream()
        .map(one -> Map.<String, Object>of("name", one.name(), "key", one.key()))
        .toList();
  }

  /**
   * A clip.
   *
   * @param blind without its label and what is guessed, for the second hearing
   */
  static Map<String, Object> clip(Session.View view, ClipList clips, int clip, boolean blind) {
    Tally tally = view.tally();
    Segment segment = tally.clip(clip);
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("clip", clip);
    out.put("name", clips.fileName(clip));
    out.put("start", segment.isWhole() ? null : segment.startSeconds());
    out.put("end", Double.isNaN(segment.endSeconds()) ? null : segment.endSeconds());
    out.put("skipped", tally.isSkipped(clip));
    if (blind) {
      return out;
    }
    out.put("label", tally.label(segment).map(Told::label).orElse(null));
    out.put("guess", guess(view, clip));
    List<Map<String, Object>> parts = new ArrayList<>();
    for (Label part : tally.parts(clip)) {
      Map<String, Object> one = label(part);
      one.put("from", part.clip().startSeconds() - segment.startSeconds());
      one.put("to", part.clip().endSeconds() - segment.startSeconds());
      parts.add(one);
    }
    out.put("parts", parts);
    return out;
  }

  /** What the group of a clip says, or else a model of what was heard; null if neither. */
  private static Map<String, Object> guess(Session.View view, int clip) {
    Map<String, Object> out = new LinkedHashMap<>();
    Guide.Propagated group = view.queue().propagated().get(clip);
    ClipModel.Guess model = view.advice().guesses().get(clip);
    if (group != null) {
      out.put("class", group.name());
      out.put(
          "why", "%d of %d heard clips of its group".formatted(group.agreeing(), group.heard()));
    } else if (model != null) {
      out.put("class", model.name());
      out.put(
          "why", String.format(Locale.ROOT, "by a model, probability %.2f", model.probability()));
    }
    return out.isEmpty() ? null : out;
  }

  private static Map<String, Object> label(Label label) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("class", label.name());
    out.put("how", how(label));
    out.put("who", label.who());
    out.put("when", label.when().toString());
    return out;
  }

  private static String how(Label label) {
    return switch (label.how()) {
      case EAR -> "by ear";
      case CLUSTER -> "by group, %d of %d".formatted(label.agreeing(), label.heard());
      case MODEL -> String.format(Locale.ROOT, "by model, %.2f", label.sure());
    };
  }

  /**
   * Which labels the review shows.
   *
   * @param name a class, or empty for all
   * @param how {@code ear}, {@code cluster}, {@code model}, {@code skipped}, or empty for all
   * @param text in the name of the file, in any case; may be empty
   */
  record Filter(String name, String how, String text) {
    boolean takes(Label label) {
      return (name.isEmpty() || label.name().equals(name))
          && (how.isEmpty() || label.how().word().equals(how));
    }

    private boolean named(String file) {
      return text.isEmpty()
          || file.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }
  }

  /** A page of the labels, in the order of the clips, and how many there are in all. */
  static Map<String, Object> review(
      Session.View view, ClipList clips, Filter filter, int offset, int most) {
    Tally tally = view.tally();
    List<Map<String, Object>> items = new ArrayList<>();
    int total = 0;
    if (filter.how().equals("skipped")) {
      for (int i = 0; i < tally.size(); i++) {
        if (tally.isSkipped(i) && filter.named(clips.fileName(i))) {
          if (total >= offset && items.size() < most) {
            items.add(item(view, i, clips.fileName(i), tally.clip(i), new LinkedHashMap<>()));
          }
          total++;
        }
      }
    } else {
      for (Label label : tally.labels()) {
        if (!filter.takes(label)) {
          continue;
        }
        int clip = tally.number(label.clip()).orElse(tally.around(label.clip()).orElse(-1));
        String name = clip < 0 ? label.clip().file() : clips.fileName(clip);
        if (filter.named(name)) {
          if (total >= offset && items.size() < most) {
            items.add(item(view, clip, name, label.clip(), label(label)));
          }
          total++;
        }
      }
    }
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("total", total);
    out.put("offset", offset);
    out.put("items", items);
    return out;
  }

  /** One line of the review; of a part, with its times within the clip that it lies in. */
  private static Map<String, Object> item(
      Session.View view, int clip, String name, Segment what, Map<String, Object> out) {
    boolean part = view.tally().number(what).isEmpty();
    out.put("clip", clip);
    out.put("name", name);
    out.put("start", what.isWhole() ? null : what.startSeconds());
    out.put("end", Double.isNaN(what.endSeconds()) ? null : what.endSeconds());
    if (part && clip >= 0) {
      double start = view.tally().clip(clip).startSeconds();
      out.put("from", what.startSeconds() - start);
      out.put("to", what.endSeconds() - start);
    }
    return out;
  }
}
