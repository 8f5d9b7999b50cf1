package fieldnotes.serve;

import fieldnotes.label.LabelStep;
import fieldnotes.label.Segment;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** What the page may ask and do, in JSON. Clips are named by their numbers only. */
final class Api {
  private static final int PAGE = 50;
  private static final int LONGEST = 200;

  private final Session session;
  private final Guard guard;
  private final Sound sound;
  private final Pictures pictures;
  private final ClipFiles files;

  Api(Session session, Guard guard) {
    this.session = session;
    this.guard = guard;
    files = new ClipFiles(session.clips());
    sound = new Sound(files);
    pictures = new Pictures(files);
    Thread.ofPlatform().daemon().name("first pictures").start(pictures::warmUp);
  }

  void addTo(RoutesConfig routes) {
    Answers.get(routes, "/api/state", this::state);
    Answers.get(routes, "/api/clip/{clip}", this::clip);
    Answers.get(routes, "/api/clip/{clip}/peaks", this::peaks);
    Answers.get(routes, "/api/review", this::review);
    Answers.get(routes, "/api/group", this::group);
    Answers.get(routes, "/sound/{clip}", ctx -> sound.send(ctx, number(ctx)));
    Answers.get(routes, "/picture/{clip}", this::picture);
    routes.post("/api/next", this::next);
    routes.post("/api/label", this::label);
    routes.post("/api/skip", this::skip);
    routes.post("/api/remove", this::remove);
    routes.post("/api/undo", this::undo);
    routes.post("/api/class", this::addClass);
    routes.post("/api/group", this::takeOver);
    routes.post("/api/check", this::check);
    routes.post("/api/pass", this::pass);
  }

  private void state(Context ctx) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("title", session.clips().name());
    session.read(
        view -> {
          out.put("guided", view.queue().isGuided());
          out.put("classes", Told.classes(view));
          return out.put("progress", Told.progress(view));
        });
    answer(ctx, out);
  }

  private void clip(Context ctx) {
    int clip = listed(number(ctx.pathParam("clip"), "clip")); // its file may be unreadable
    session.hold(text(ctx.queryParam("tab")), clip);
    answer(ctx, known(clip, ctx.queryParam("blind") != null));
  }

  private Map<String, Object> known(int clip, boolean blind) {
    return session.read(view -> Told.clip(view, session.clips(), clip, blind));
  }

  private void peaks(Context ctx) {
    int clip = number(ctx);
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("peaks", pictures.peaks(clip));
    double seconds = files.seconds(clip);
    out.put("seconds", Double.isNaN(seconds) ? null : seconds);
    out.put("topHz", pictures.topHz(clip));
    answer(ctx, out);
  }

  private void picture(Context ctx) {
    ctx.contentType("image/png").result(pictures.spectrogram(number(ctx)));
  }

  private void review(Context ctx) {
    Told.Filter filter =
        new Told.Filter(
            text(ctx.queryParam("class")),
            text(ctx.queryParam("how")),
            text(ctx.queryParam("text")));
    int offset = number(text(ctx.queryParam("offset")), "offset");
    answer(ctx, session.read(view -> Told.review(view, session.clips(), filter, offset, PAGE)));
  }

  /** The next clip: of the queue, or of the second pass. */
  private void next(Context ctx) {
    JsonNode body = guard.body(ctx);
    answer(ctx, next(tab(body), body.path("pass").asBoolean(false)));
  }

  private Map<String, Object> next(String tab, boolean pass) {
    OptionalInt next = pass ? session.read(view -> view.pass().next()) : session.next(tab);
    return session.read(
        view -> {
          Map<String, Object> out = new LinkedHashMap<>();
          out.put("progress", Told.progress(view));
          out.put(
              "next",
              next.isEmpty() ? null : Told.clip(view, session.clips(), next.getAsInt(), pass));
          out.put(
              "upcoming", pass || view.queue().isGuided() ? new int[0] : view.queue().upcoming(2));
          return out;
        });
  }

  private void label(Context ctx) {
    JsonNode body = guard.body(ctx);
    session.label(segment(body), word(body, "class"));
    if (body.path("stay").asBoolean(false)) { // a part, or in the review: the clip stays
      int clip = clip(body);
      progress(ctx, Map.of("clip", known(clip, false)));
      return;
    }
    answer(ctx, next(tab(body), false));
  }

  private void skip(Context ctx) {
    JsonNode body = guard.body(ctx);
    session.skip(clip(body));
    answer(ctx, next(tab(body), false));
  }

  private void check(Context ctx) {
    JsonNode body = guard.body(ctx);
    session.check(clip(body), word(body, "class"));
    answer(ctx, next(tab(body), true));
  }

  private void remove(Context ctx) {
    session.remove(segment(guard.body(ctx)));
    progress(ctx, Map.of());
  }

  private void undo(Context ctx) {
    guard.body(ctx);
    LabelStep step = session.undo().orElseThrow(() -> Refusal.missing("there is nothing to undo"));
    Segment first = step.clips().getFirst();
    int clip =
        session.read(
            view -> view.tally().number(first).orElse(view.tally().around(first).orElse(-1)));
    Map<String, Object> undone = new LinkedHashMap<>();
    undone.put("kind", step.kind().name().toLowerCase(Locale.ROOT));
    undone.put("clips", step.clips().size());
    undone.put("clip", clip < 0 ? null : clip);
    undone.put("name", first.toString());
    undone.put("class", step.labels().isEmpty() ? null : step.labels().getFirst().name());
    progress(ctx, Map.of("undone", undone));
  }

  private void addClass(Context ctx) {
    JsonNode body = guard.body(ctx);
    session.add(new LabelClass(word(body, "name").strip(), body.path("key").asString("")));
    answer(ctx, Map.of("classes", session.read(Told::classes)));
  }

  /** What could be taken over: for each class, the labels by the heard clips that agree. */
  private void group(Context ctx) {
    answer(ctx, Map.of("classes", session.read(Told::group)));
  }

  private void takeOver(Context ctx) {
    int agree = whole(guard.body(ctx), "agree");
    if (agree < 1) {
      throw Refusal.bad("agree=%d: must be at least 1".formatted(agree));
    }
    progress(ctx, Map.of("taken", session.takeOver(agree)));
  }

  private void pass(Context ctx) {
    JsonNode body = guard.body(ctx);
    int count = whole(body, "count");
    int seed = whole(body, "seed");
    if (count < 1) {
      throw Refusal.bad("count=%d: must be at least 1".formatted(count));
    }
    int drawn =
        session.read(
            view -> {
              view.pass().draw(count, seed);
              return view.pass().drawn();
            });
    if (drawn == 0) {
      throw Refusal.bad("no clip was labelled by ear yet: label some first");
    }
    answer(ctx, next(tab(body), true));
  }

  private void progress(Context ctx, Map<String, Object> more) {
    Map<String, Object> out = new LinkedHashMap<>(more);
    out.put("progress", session.read(Told::progress));
    answer(ctx, out);
  }

  private void answer(Context ctx, Map<String, Object> out) {
    Answers.json(ctx, out);
  }

  private int number(Context ctx) {
    int clip = number(ctx.pathParam("clip"), "clip");
    files.file(clip);
    return clip;
  }

  private static int number(String text, String what) {
    if (text.isEmpty()) {
      return 0;
    }
    if (text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw Refusal.missing("there is no such %s: a number is needed".formatted(what));
    }
    return Integer.parseInt(text);
  }

  private static String text(String given) {
    return given == null ? "" : given;
  }

  private static String tab(JsonNode body) {
    String tab = body.path("tab").asString("");
    return tab.length() > 40 ? "" : tab;
  }

  private int clip(JsonNode body) {
    return listed(whole(body, "clip"));
  }

  private int listed(int clip) {
    if (clip < 0 || clip >= session.clips().size()) {
      throw Refusal.missing("there is no clip %d".formatted(clip));
    }
    return clip;
  }

  private static int whole(JsonNode body, String field) {
    JsonNode node = body.path(field);
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      throw Refusal.bad("%s: must be a whole number".formatted(field));
    }
    return node.intValue();
  }

  private static String word(JsonNode body, String field) {
    JsonNode node = body.path(field);
    if (!node.isString() || node.stringValue().isBlank() || node.stringValue().length() > LONGEST) {
      throw Refusal.bad("%s: must be text of 1 to %d characters".formatted(field, LONGEST));
    }
    return node.stringValue();
  }

  private Segment segment(JsonNode body) {
    int clip = clip(body);
    double[] times = {Double.NaN, Double.NaN};
    for (String field : Arrays.asList("from", "to")) {
      JsonNode node = body.path(field);
      if (node.isMissingNode() || node.isNull()) {
        continue;
      }
      if (!node.isNumber()) {
        throw Refusal.bad("%s: must be a number of seconds".formatted(field));
      }
      times[field.equals("from") ? 0 : 1] = node.doubleValueOpt().orElse(Double.MAX_VALUE);
    }
    if (Double.isNaN(times[0]) != Double.isNaN(times[1])) {
      throw Refusal.bad("from, to: give both for a part of the clip, or none for all of it");
    }
    return session.segment(clip, times[0], times[1]);
  }
}
