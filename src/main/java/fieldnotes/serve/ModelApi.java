package fieldnotes.serve;

import fieldnotes.audio.Clip;
import fieldnotes.common.Reason;
import fieldnotes.detect.SoundModel;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The routes of the service. */
final class ModelApi {
  /** A page may load what is its own, and show pictures that it drew. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'"
          + " data: blob:; media-src 'self' blob:; worker-src 'self'; base-uri 'none'; form-action"
          + " 'none'; frame-ancestors 'none'";

  private final ServedModels models;
  private final ServeOptions options;
  private final Bodies bodies;
  private final Gate gate;
  private final Jobs jobs;
  private final Tickets tickets;
  private final Metrics metrics;
  private final Watch watch;

  /** What the routes lead to. */
  record Parts(
      ServedModels models,
      Bodies bodies,
      Gate gate,
      Jobs jobs,
      Tickets tickets,
      Metrics metrics,
      Watch watch) {}

  ModelApi(ServeOptions options, Parts parts) {
    this.options = options;
    models = parts.models();
    bodies = parts.bodies();
    gate = parts.gate();
    jobs = parts.jobs();
    tickets = parts.tickets();
    metrics = parts.metrics();
    watch = parts.watch();
  }

  void addTo(RoutesConfig routes) {
    routes.before(ModelApi::headers);
    page(routes, "/", "docs.html");
    page(routes, "/docs", "docs.html");
    page(routes, "/docs.js", "docs.js");
    page(routes, "/live", "live.html");
    page(routes, "/live.js", "live.js");
    page(routes, "/service.css", "service.css");
    page(routes, "/live-capture.js", "live-capture.js");
    get(routes, "/openapi.json", ctx -> Answers.json(ctx, OpenApi.of(models, options)));
    get(routes, "/health", ctx -> Answers.json(ctx, Map.of("status", "ok")));
    get(routes, "/ready", this::ready);
    get(routes, "/metrics", this::metrics);
    get(
        routes,
        "/v1/models",
        ctx ->
            Answers.json(
                ctx, Map.of("models", models.all().stream().map(Served::schema).toList())));
    get(
        routes,
        "/v1/models/{name}",
        ctx -> Answers.json(ctx, models.get(ctx.pathParam("name")).schema()));
    post(routes, "/v1/models/reload", this::reload);
    post(routes, "/v1/classify", this::classify);
    post(routes, "/v1/tickets", this::ticket);
    post(routes, "/v1/batch", this::batch);
    get(routes, "/v1/jobs", ctx -> Answers.json(ctx, Map.of("jobs", jobs.of(Call.of(ctx).key))));
    get(routes, "/v1/jobs/{id}", ctx -> Answers.json(ctx, job(ctx).told()));
    get(routes, "/v1/jobs/{id}/results", this::results);
    routes.delete("/v1/jobs/{id}", named("/v1/jobs/{id}", this::cancel));
    get(
        routes,
        Streams.PATH,
        ctx -> {
          ctx.header(Header.UPGRADE, "websocket");
          throw new Refusal(HttpStatus.UPGRADE_REQUIRED, "this address takes web sockets only");
        });
    routes.exception(Exception.class, ModelApi::failed);
  }

  private static void headers(Context ctx) {
    ctx.header("Content-Security-Policy", POLICY);
    ctx.header("X-Content-Type-Options", "nosniff");
    ctx.header("Referrer-Policy", "no-referrer");
    ctx.header(Header.CACHE_CONTROL, "no-store");
    ctx.header("Cross-Origin-Resource-Policy", "same-origin");
  }

  private static void page(RoutesConfig routes, String path, String name) {
    get(routes, path, ctx -> Answers.resource(ctx, name));
  }

  private static void get(RoutesConfig routes, String path, Handler handler) {
    Answers.get(routes, path, named(path, handler));
  }

  private static void post(RoutesConfig routes, String path, Handler handler) {
    routes.post(path, named(path, handler));
  }

  private static Handler named(String path, Handler handler) {
    return ctx -> {
      Call.of(ctx).route = path;
      handler.handle(ctx);
    };
  }

  private static void failed(Exception e, Context ctx) {
    Call call = Call.of(ctx);
    if (e instanceof Refusal refused && refused.afterSeconds() > 0) {
      ctx.header(Header.RETRY_AFTER, Long.toString(refused.afterSeconds()));
    }
    call.why = String.valueOf(e.getMessage());
    Answers.failed(e, ctx);
    if (ctx.status() == HttpStatus.INTERNAL_SERVER_ERROR) {
      e.printStackTrace(); // shown to who runs it, not to who asks
    }
  }

  private void ready(Context ctx) {
    if (watch.isClosing()) {
      throw new Refusal(HttpStatus.SERVICE_UNAVAILABLE, "the service is stopping").after(5);
    }
    if (!watch.isWarm()) {
      throw new Refusal(HttpStatus.SERVICE_UNAVAILABLE, "the service is warming up").after(1);
    }
    Answers.json(ctx, Map.of("status", "ready", "models", models.all().size()));
  }

  private void metrics(Context ctx) {
    ctx.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.text());
  }

  private void reload(Context ctx) {
    if (options.keys().isPresent() && !Call.of(ctx).admin) {
      throw new Refusal(
          HttpStatus.FORBIDDEN, "this key may not load models: it was made without --admin");
    }
    watch.bodyRead(Call.of(ctx));
    List<Served> changed;
    try {
      changed = models.reload(ctx.queryParam("model"));
    } catch (IOException e) {
      throw new Refusal(HttpStatus.CONFLICT, "the models stay as they are: " + Reason.of(e));
    }
    metrics.add("fieldnotes_models_loaded_total", changed.size());
    Answers.json(ctx, Map.of("changed", changed.stream().map(Served::schema).toList()));
  }

  private void classify(Context ctx) {
    Served model = models.get(ctx.queryParam("model"));
    Call call = Call.of(ctx);
    call.model = model.name();
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("model", model.name());
    out.put("version", model.version());
    if (isJson(ctx)) {
      List<Map<String, Object>> rows =
          bodies.bytes(
              ctx,
              bytes -> {
                watch.bodyRead(call);
                return gate.pass(
                    () -> {
                      RowBody read =
                          RowBody.read(bytes, model.model().made(), options.limits().rows());
                      call.rows = read.count();
                      return model.predict(read);
                    });
              });
      metrics.add("fieldnotes_rows_total{model=\"" + label(model) + "\"}", call.rows);
      if (!model.model().made().unit().isEmpty()) {
        out.put("unit", model.model().made().unit());
      }
      out.put("predictions", rows);
    } else {
      SoundModel sounds = model.hears();
      bodies.file(
          ctx,
          file -> {
            watch.bodyRead(call);
            return gate.pass(
                () -> {
                  Clip clip = bodies.read(file, "the sound", sounds.rateHz());
                  call.soundSeconds = clip.durationSeconds();
                  out.putAll(heard(model, clip));
                  return out;
                });
          });
      metrics.add(
          "fieldnotes_sound_seconds_total{model=\"" + label(model) + "\"}", call.soundSeconds);
    }
    Answers.json(ctx, out);
  }

  /** The windows of a sound, and which label most of them have. */
  static Map<String, Object> heard(Served model, Clip clip) {
    List<Map<String, Object>> windows = model.hear(clip);
    Map<String, Integer> counts = new TreeMap<>();
    windows.forEach(one -> counts.merge((String) one.get("label"), 1, Integer::sum));
    String label = "";
    for (Map.Entry<String, Integer> one : counts.entrySet()) {
      label = label.isEmpty() || one.getValue() > counts.get(label) ? one.getKey() : label;
    }
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("seconds", clip.durationSeconds());
    out.put("label", label);
    out.put("labels", counts);
    out.put("windows", windows);
    return out;
  }

  private static boolean isJson(Context ctx) {
    String type = ctx.contentType();
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/json");
  }

  /** A name as the value of a label, which quotes end. */
  static String label(Served model) {
    return model.name().replaceAll("[^\\w.-]", "_");
  }

  private void ticket(Context ctx) {
    Answers.json(ctx, Map.of("ticket", tickets.give(Call.of(ctx).key), "seconds", Tickets.SECONDS));
  }

  private void batch(Context ctx) {
    Served model = models.get(ctx.queryParam("model"));
    model.hears();
    Call call = Call.of(ctx);
    call.model = model.name();
    Job job = jobs.take(ctx, model, call.key, () -> watch.bodyRead(call));
    ctx.status(HttpStatus.ACCEPTED).header(Header.LOCATION, "/v1/jobs/" + job.id());
    Answers.json(ctx, job.told());
  }

  private Job job(Context ctx) {
    return jobs.get(ctx.pathParam("id"), Call.of(ctx).key);
  }

  /** What is there of the results, a line of JSON each, in the order of the files. */
  private void results(Context ctx) throws IOException {
    watch.bodyRead(Call.of(ctx));
    Job job = job(ctx);
    long bytes = job.size(); // more may come while these are sent
    ctx.contentType("application/x-ndjson; charset=utf-8");
    ctx.res().setContentLengthLong(bytes);
    job.results(bytes, ctx.outputStream());
  }

  private void cancel(Context ctx) throws IOException {
    Answers.json(ctx, jobs.cancel(job(ctx)));
  }
}
