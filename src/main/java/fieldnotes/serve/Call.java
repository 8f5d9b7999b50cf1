package fieldnotes.serve;

import io.javalin.http.Context;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Request;

/** What is noted of a request while it is answered, for the log and the metrics. */
final class Call {
  static final String NAME = "fieldnotes.call";

  final long start = System.nanoTime();
  final String id;
  final Connection connection;
  volatile String route = "other";
  volatile String key = "";
  volatile boolean admin;
  volatile String model = "";
  volatile String why = "";
  volatile int rows;
  volatile double soundSeconds;
  volatile long bodyDue = Long.MAX_VALUE;

  Call(String id, Connection connection) {
    this.id = id;
    this.connection = connection;
  }

  void on(Request request) {
    request.setAttribute(NAME, this);
  }

  static Call of(Context ctx) {
    return (Call) ctx.req().getAttribute(NAME);
  }
}
