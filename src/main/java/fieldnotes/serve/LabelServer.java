package fieldnotes.serve;

import fieldnotes.common.Reason;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.EagerContentHandler.RetainedContentLoaderFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import tools.jackson.databind.json.JsonMapper;

/** Serves the labelling page on this machine only. */
final class LabelServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final int THREADS = 64;

  private final Guard guard = new Guard();
  private final Session session;
  private final Javalin server;

  private LabelServer(Session session, int port) {
    this.session = session;
    Api api = new Api(session, guard);
    server = Javalin.create(config -> configure(config, api)).start("127.0.0.1", port);
  }

  /**
   * Starts a server; it closes the session when it is closed.
   *
   * @param port 0 for any that is free
   * @throws IllegalStateException if the port is in use
   */
  static LabelServer start(Session session, int port) {
    try {
      return new LabelServer(session, port);
    } catch (RuntimeException e) {
      session.close();
      throw new IllegalStateException(
          "port %d cannot be used (%s); give another, or 0 for any that is free"
              .formatted(port, Reason.words(e.getCause() == null ? e : e.getCause())),
          e);
    }
  }

  private void configure(JavalinConfig config, Api api) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
    threads.setDaemon(true); // a notebook that forgets to close it still ends
    threads.setName("labelling page");
    config.jetty.threadPool = threads;
    config.http.prefer405over404 = true;
    config.http.maxRequestSize = Guard.MOST_BYTES;
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    config.jetty.modifyServer(
        jetty -> {
          jetty.setErrorHandler(LabelServer::unreadable);
          jetty.setHandler(whole());
        });
    config.routes.before(guard::check);
    Api.get(config.routes, "/", ctx -> resource(ctx, "label.html", "text/html; charset=utf-8"));
    Api.get(
        config.routes,
        "/label.js",
        ctx -> resource(ctx, "label.js", "text/javascript; charset=utf-8"));
    Api.get(
        config.routes, "/label.css", ctx -> resource(ctx, "label.css", "text/css; charset=utf-8"));
    api.addTo(config.routes);
    config.routes.exception(Exception.class, LabelServer::failed);
    for (HttpStatus status :
        new HttpStatus[] {HttpStatus.NOT_FOUND, HttpStatus.METHOD_NOT_ALLOWED}) {
      config.routes.error(
          status,
          ctx -> {
            if (ctx.attribute("told") == null) {
              tell(
                  ctx,
                  status,
                  status == HttpStatus.NOT_FOUND
                      ? "there is no such page"
                      : "this address does not take " + ctx.method());
            }
          });
    }
  }

  /** A body that comes slowly takes no thread until it is there; one too large is not awaited. */
  private static EagerContentHandler whole() {
    EagerContentHandler whole =
        new EagerContentHandler(new RetainedContentLoaderFactory(Guard.MOST_BYTES, 0, false));
    whole.exclude(request -> request.getLength() > Guard.MOST_BYTES);
    return whole;
  }

  /** Says in JSON what went wrong; nothing of the inside is shown. */
  private static void failed(Exception e, Context ctx) {
    switch (e) {
      case Refusal refused when isPage(ctx) && refused.status() == HttpStatus.FORBIDDEN -> {
        try {
          resource(ctx, "closed.html", "text/html; charset=utf-8");
          ctx.status(refused.status());
        } catch (IOException gone) {
          throw new UncheckedIOException(gone);
        }
      }
      case Refusal refused -> tell(ctx, refused.status(), refused.getMessage());
      case IllegalArgumentException wrong -> tell(ctx, HttpStatus.BAD_REQUEST, wrong.getMessage());
      case IllegalStateException now -> tell(ctx, HttpStatus.CONFLICT, now.getMessage());
      case UncheckedIOException disk ->
          tell(ctx, HttpStatus.INTERNAL_SERVER_ERROR, Reason.of(disk));
      case IOException gone -> tell(ctx, HttpStatus.INTERNAL_SERVER_ERROR, Reason.words(gone));
      default -> tell(ctx, HttpStatus.INTERNAL_SERVER_ERROR, "the server failed; see its output");
    }
  }

  /** Whether a person reads the answer, who opened the page of an earlier run, for example. */
  private static boolean isPage(Context ctx) {
    return ctx.path().equals("/") && ctx.method().equals(HandlerType.GET);
  }

  private static void tell(Context ctx, HttpStatus status, String why) {
    if (ctx.res().isCommitted()) {
      return;
    }
    ctx.attribute("told", true);
    ctx.status(status)
        .contentType("application/json; charset=utf-8")
        .result(JSON.writeValueAsString(Map.of("error", String.valueOf(why))));
  }

  /** Answers what is no valid request, which never comes to the routes. */
  private static boolean unreadable(Request request, Response response, Callback callback) {
    response.getHeaders().put("Content-Type", "application/json; charset=utf-8");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put("Cache-Control", "no-store");
    String why = JSON.writeValueAsString(Map.of("error", "this is not a valid request"));
    Content.Sink.write(response, true, why, callback);
    return true;
  }

  private static void resource(Context ctx, String name, String type) throws IOException {
    try (InputStream in = LabelServer.class.getResourceAsStream(name)) {
      ctx.contentType(type).result(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** The address to open in a browser, with the token. */
  URI address() {
    return URI.create("http://127.0.0.1:%d/?token=%s".formatted(server.port(), guard.token()));
  }

  Session session() {
    return session;
  }

  @Override
  public void close() {
    server.stop();
    session.close();
  }
}
