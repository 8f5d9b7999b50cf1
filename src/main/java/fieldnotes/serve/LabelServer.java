package fieldnotes.serve;

import fieldnotes.common.Reason;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.net.URI;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.EagerContentHandler.RetainedContentLoaderFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Serves the labelling page on this machine only. */
final class LabelServer implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final int THREADS = 64;

  private final Guard guard = new Guard(HOST);
  private final Session session;
  private final Javalin server;

  private LabelServer(Session session, int port) {
    this.session = session;
    Api api = new Api(session, guard);
    server = Javalin.create(config -> configure(config, api)).start(HOST, port);
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
    Answers.prepare(config);
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
    threads.setDaemon(true); // a notebook that forgets to close it still ends
    threads.setName("labelling page");
    config.jetty.threadPool = threads;
    config.http.maxRequestSize = Guard.MOST_BYTES;
    config.jetty.modifyServer(jetty -> jetty.setHandler(whole()));
    config.routes.before(guard::check);
    Answers.get(config.routes, "/", ctx -> Answers.resource(ctx, "label.html"));
    Answers.get(config.routes, "/label.js", ctx -> Answers.resource(ctx, "label.js"));
    Answers.get(config.routes, "/label.css", ctx -> Answers.resource(ctx, "label.css"));
    api.addTo(config.routes);
    config.routes.exception(Exception.class, LabelServer::failed);
  }

  /** A body that comes slowly takes no thread until it is there; one too large is not awaited. */
  private static EagerContentHandler whole() {
    EagerContentHandler whole =
        new EagerContentHandler(new RetainedContentLoaderFactory(Guard.MOST_BYTES, 0, false));
    whole.exclude(request -> request.getLength() > Guard.MOST_BYTES);
    return whole;
  }

  /** Says in JSON what went wrong, or on a page to a person. */
  private static void failed(Exception e, Context ctx) {
    if (e instanceof Refusal refused && isPage(ctx) && refused.status() == HttpStatus.FORBIDDEN) {
      Answers.resource(ctx, "closed.html");
      ctx.status(refused.status());
    } else {
      Answers.failed(e, ctx);
    }
  }

  /** Whether a person reads the answer, who opened the page of an earlier run, for example. */
  private static boolean isPage(Context ctx) {
    return ctx.path().equals("/") && ctx.method().equals(HandlerType.GET);
  }

  /** The address to open in a browser, with the token. */
  URI address() {
    return URI.create("http://%s:%d/?token=%s".formatted(HOST, server.port(), guard.token()));
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
