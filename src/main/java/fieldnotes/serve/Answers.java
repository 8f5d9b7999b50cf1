package fieldnotes.serve;

import fieldnotes.common.Reason;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.json.JsonMapper;

/** How the servers of this package answer: JSON, resources, and errors that show nothing inside. */
final class Answers {
  static final JsonMapper JSON = JsonMapper.builder().build();

  private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "DELETE");
  private static final String JSON_TYPE = "application/json; charset=utf-8";

  private Answers() {}

  /** What holds for each of the servers. */
  static void prepare(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    config.jetty.modifyServer(jetty -> jetty.setErrorHandler(Answers::unreadable));
    config.routes.error(HttpStatus.NOT_FOUND, ctx -> unlessTold(ctx, "there is no such page"));
    config.routes.exception(MethodNotAllowedResponse.class, Answers::notTaken);
  }

  /** Says what an address takes: to who asks just that, and to who sent something else. */
  private static void notTaken(MethodNotAllowedResponse e, Context ctx) {
    List<String> taken = new ArrayList<>(METHODS);
    String found = String.join(", ", e.getDetails().values());
    taken.retainAll(Set.of(found.split(", ")));
    taken.add("OPTIONS");
    String allow = String.join(", ", taken);
    ctx.header(Header.ALLOW, allow);
    if (ctx.method().equals(HandlerType.OPTIONS)) {
      ctx.status(HttpStatus.NO_CONTENT);
      ctx.res().setContentType(null);
    } else {
      tell(
          ctx,
          HttpStatus.METHOD_NOT_ALLOWED,
          "this address does not take %s but %s".formatted(ctx.method(), allow));
    }
  }

  /** Answers GET, and HEAD with the same headers: otherwise all would be plain text to it. */
  static void get(RoutesConfig routes, String path, Handler handler) {
    routes.get(path, handler);
    routes.head(path, handler);
  }

  static void json(Context ctx, Object out) {
    ctx.contentType(JSON_TYPE).result(JSON.writeValueAsBytes(out));
  }

  /** A file of this package, by the type that its name says. */
  static void resource(Context ctx, String name) {
    String type =
        switch (name.substring(name.lastIndexOf('.'))) {
          case ".js" -> "text/javascript";
          case ".css" -> "text/css";
          default -> "text/html";
        };
    try (InputStream in = Answers.class.getResourceAsStream(name)) {
      ctx.contentType(type + "; charset=utf-8")
          .result(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says in JSON what went wrong; nothing of the inside is shown. */
  static void failed(Exception e, Context ctx) {
    switch (e) {
      case Refusal refused -> tell(ctx, refused.status(), refused.getMessage());
      case IllegalArgumentException wrong -> tell(ctx, HttpStatus.BAD_REQUEST, wrong.getMessage());
      case IllegalStateException now -> tell(ctx, HttpStatus.CONFLICT, now.getMessage());
      case UncheckedIOException disk ->
          tell(ctx, HttpStatus.INTERNAL_SERVER_ERROR, Reason.of(disk));
      case IOException gone -> tell(ctx, HttpStatus.INTERNAL_SERVER_ERROR, Reason.words(gone));
      default -> tell(ctx, HttpStatus.INTERNAL_SERVER_ERROR, "the server failed; see its output");
    }
  }

  static void tell(Context ctx, HttpStatus status, String why) {
    if (ctx.res().isCommitted()) {
      return;
    }
    ctx.attribute("told", true);
    ctx.status(status).contentType(JSON_TYPE).result(error(why));
  }

  private static void unlessTold(Context ctx, String why) {
    if (ctx.attribute("told") == null) {
      tell(ctx, ctx.status(), why);
    }
  }

  private static String error(String why) {
    return JSON.writeValueAsString(Map.of("error", String.valueOf(why)));
  }

  /** Answers below the routes. */
  static void tell(Response response, HttpStatus status, String why, Callback callback) {
    response.setStatus(status.getCode());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON_TYPE);
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    Content.Sink.write(response, true, error(why), callback);
  }

  /** Answers what is no valid request, which never comes to the routes. */
  private static boolean unreadable(Request request, Response response, Callback callback) {
    HttpStatus status = HttpStatus.forStatus(response.getStatus());
    response.getHeaders().put(HttpHeader.CONNECTION, "close"); // what comes after it is no request
    tell(response, status, "this is not a valid request", callback);
    return true;
  }
}
