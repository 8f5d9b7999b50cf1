package fieldnotes.kernel;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.kernel.comm.Comm;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.publish.PublishError;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteInput;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteResult;
import org.dflib.jjava.jupyter.messages.reply.ErrorReply;
import org.dflib.jjava.jupyter.messages.reply.ExecuteReply;
import org.dflib.jjava.jupyter.messages.request.CommInfoRequest;

/** Answers the requests of the front end, as Jupyter's message specification says. */
final class Answers implements Connection.Handler {
  private final JavaKernel kernel;
  private final Connection connection;
  private final Output output;
  private final boolean canDebug = Debugging.isKnown();
  private volatile Debugging debugging;

  Answers(JavaKernel kernel, Connection connection, Output output) {
    this.kernel = kernel;
    this.connection = connection;
    this.output = output;
  }

  @Override
  public void handle(ShellChannel from, Message<?> message) {
    CellEnvironment environment = new CellEnvironment(from, connection, message, output);
    Memory.surely(Connection.UNANSWERED, environment::setStatusBusy);
    try {
      if (message.getHeader().getType().equals(MessageType.EXECUTE_REQUEST)) {
        answer(environment, message);
      } else {
        Memory.surely(Connection.UNANSWERED, () -> answer(environment, message));
      }
    } catch (Fields.Invalid e) {
      refuse(environment, message, e.getMessage());
    } finally {
      Memory.surely(Connection.UNANSWERED, environment::setStatusIdle);
    }
  }

  @Override
  public void handleAfterFailure(ShellChannel from, Message<?> message) {
    if (message.getHeader().getType().equals(MessageType.EXECUTE_REQUEST)) {
      CellEnvironment environment = new CellEnvironment(from, connection, message, output);
      environment.setStatusBusy();
      reply(environment, MessageType.EXECUTE_REPLY, Map.of("status", "aborted"));
      environment.setStatusIdle();
    } else {
      handle(from, message);
    }
  }

  private static void reply(CellEnvironment environment, MessageType<?> type, Object content) {
    @SuppressWarnings("unchecked")
    MessageType<Object> any = (MessageType<Object>) type;
    environment.reply(new Message<>(environment.getContext(), any, content));
  }

  /** Replies to a request that cannot be read, so that the front end does not wait. */
  private static void refuse(CellEnvironment environment, Message<?> message, String reason) {
    String request = message.getHeader().getType().getName();
    MessageType<?> type = MessageType.getType(request.replaceAll("_request\\z", "_reply"));
    if (request.endsWith("_request") && !type.equals(MessageType.UNKNOWN)) {
      reply(
          environment,
          type,
          Map.of(
              "status",
              "error",
              "ename",
              "InvalidRequest",
              "evalue",
              reason,
              "traceback",
              ErrorText.of(reason)));
    }
  }

  private void answer(CellEnvironment environment, Message<?> message) {
    MessageType<?> type = message.getHeader().getType();
    switch (type.getName()) {
      case "execute_request" -> execute(environment, message, Fields.of(message));
      case "complete_request" -> complete(environment, Fields.of(message));
      case "inspect_request" -> inspect(environment, Fields.of(message));
      case "is_complete_request" -> isComplete(environment, Fields.of(message));
      case "history_request" ->
          reply(
              environment,
              MessageType.HISTORY_REPLY,
              Map.of("status", "ok", "history", kernel.history().answer(Fields.of(message))));
      case "kernel_info_request" -> reply(environment, MessageType.KERNEL_INFO_REPLY, info());
      case "interrupt_request" -> {
        kernel.interrupt(sent(message));
        reply(environment, MessageType.INTERRUPT_REPLY, Map.of("status", "ok"));
      }
      case "shutdown_request" -> {
        boolean restart = Fields.of(message).flag("restart", false);
        reply(environment, MessageType.SHUTDOWN_REPLY, Map.of("status", "ok", "restart", restart));
        environment.setStatusIdle();
        kernel.end();
      }
      case Debugging.REQUEST -> debugging().answer(environment, Fields.of(message).json());
      case "comm_open", "comm_msg", "comm_close", "comm_info_request" -> comm(environment, message);
      default -> {
        // Nobody waits for an answer to an unknown message.
      }
    }
  }

  private void complete(CellEnvironment environment, Fields request) {
    String code = request.text("code");
    int at = request.number("cursor_pos", code.codePointCount(0, code.length()));
    Candidates found = kernel.typing().candidates(code, at);
    int start = Text.characters(code, found.start());
    int end = Text.characters(code, Text.index(code, at));
    reply(
        environment,
        MessageType.COMPLETE_REPLY,
        Map.of(
            "status",
            "ok",
            "matches",
            found.texts(),
            "cursor_start",
            start,
            "cursor_end",
            end,
            "metadata",
            Completion.metadata(found, start, end)));
  }

  private void inspect(CellEnvironment environment, Fields request) {
    String code = request.text("code");
    int at = request.number("cursor_pos", code.codePointCount(0, code.length()));
    DisplayData found = kernel.inspect(code, at, request.number("detail_level", 0) > 0);
    JsonObject reply = new Gson().toJsonTree(DisplayData.emptyIfNull(found)).getAsJsonObject();
    reply.addProperty("status", "ok");
    reply.addProperty("found", found != null);
    reply.remove("transient");
    reply(environment, MessageType.INSPECT_REPLY, withObjects(reply));
  }

  private void isComplete(CellEnvironment environment, Fields request) {
    String answer = kernel.isComplete(request.text("code"));
    reply(
        environment,
        MessageType.IS_COMPLETE_REPLY,
        switch (answer) {
          case JavaKernel.IS_COMPLETE_YES -> Map.of("status", "complete");
          case JavaKernel.IS_COMPLETE_BAD -> Map.of("status", "invalid");
          case JavaKernel.IS_COMPLETE_MAYBE -> Map.of("status", "unknown");
          default -> Map.of("status", "incomplete", "indent", answer);
        });
  }

  /** When the front end sent a message, by its clock. */
  private static Instant sent(Message<?> message) {
    String date = message.getHeader().getTimestamp().getDateString();
    try {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(date, Instant::from);
    } catch (DateTimeException e) {
      return Instant.now();
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private void comm(CellEnvironment environment, Message message) {
    if (message.getContent() instanceof Wire.Unreadable) {
      Fields.of(message);
    }
    // A widget's message is not affected by the stop of an earlier cell.
    kernel.forgetStop();
    CommManager comms = kernel.getCommManager();
    comms.setMessageContext(message);
    switch (message.getHeader().getType().getName()) {
      case "comm_open" -> ofUser(() -> comms.handleCommOpenCommand(environment, message));
      case "comm_msg" -> ofUser(() -> comms.handleCommMsgCommand(environment, message));
      case "comm_close" -> ofUser(() -> comms.handleCommCloseCommand(environment, message));
      default -> {
        String target = ((CommInfoRequest) message.getContent()).getTargetName();
        Map<String, Object> open = new LinkedHashMap<>();
        for (Comm one : comms) {
          if (target == null || target.equals(one.getTargetName())) {
            open.put(one.getID(), Map.of("target_name", one.getTargetName()));
          }
        }
        reply(environment, MessageType.COMM_INFO_REPLY, Map.of("status", "ok", "comms", open));
      }
    }
    environment.resolveDeferrals();
  }

  /**
   * Runs the user's handler of a widget's message like a cell; its error is shown below the last.
   */
  private void ofUser(Runnable handler) {
    try {
      kernel.evaluator().call("A widget's message: ", Executors.callable(handler));
    } catch (RuntimeException | CellStopped e) {
      kernel.printer().tell(String.join("\n", kernel.formatError(e)));
    }
  }

  private Map<String, Object> info() {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("status", "ok");
    info.put("protocol_version", "5.3");
    info.put("implementation", kernel.getName());
    info.put("implementation_version", kernel.getVersion());
    info.put("language_info", kernel.getLanguageInfo());
    info.put("banner", "Java %s, Fieldnotes %s".formatted(Runtime.version(), kernel.getVersion()));
    info.put("debugger", canDebug);
    info.put("supported_features", canDebug ? List.of("debugger") : List.of());
    info.put("help_links", kernel.getHelpLinks());
    return info;
  }

  private void tell(JsonObject event) {
    output.flush();
    connection.published().sendMessage(debugging.event(event));
  }

  private synchronized Debugging debugging() {
    if (debugging == null) {
      debugging = new Debugging(kernel, this::tell);
    }
    return debugging;
  }

  private void execute(CellEnvironment environment, Message<?> message, Fields request) {
    String code = Text.withoutMark(request.text("code"));
    boolean silent = request.flag("silent", false);
    boolean stored = !silent && request.flag("store_history", true);
    boolean stopOnError = request.flag("stop_on_error", true);
    Map<String, String> expressions = request.texts("user_expressions");
    Comms comms = (Comms) kernel.getCommManager();
    comms.setMessageContext(message);
    comms.begin(message.getNonNullMetadata());
    int count = kernel.count(stored);
    // Text printed so far by threads of the previous cell belongs to that cell.
    output.flush();
    ((KernelIO) kernel.getIO()).attach(environment, request.flag("allow_stdin", true));
    if (!silent) {
      environment.publish(new PublishExecuteInput(code, count));
    }
    String shown = null;
    try {
      DisplayData data = kernel.runCell(environment, new Cell(silent ? 0 : count, "", code));
      if (data != null && !silent) {
        environment.publish(new PublishExecuteResult(count, data));
        shown = String.valueOf(data.getData(MIMEType.TEXT_PLAIN));
      }
      kernel.endOutput(environment);
      kernel.ran();
      Map<String, Object> reply = new LinkedHashMap<>();
      reply.put("status", "ok");
      reply.put("execution_count", count);
      reply.put("user_expressions", values(expressions));
      reply.put("payload", List.of());
      reply(environment, MessageType.EXECUTE_REPLY, reply);
    } catch (Throwable e) {
      kernel.ran();
      if (Memory.isLack(e)) {
        Memory.release();
      }
      Memory.surely(Connection.UNANSWERED, () -> kernel.endOutput(environment));
      if (stopOnError) {
        Memory.surely(Connection.UNANSWERED, connection::dropWaiting);
      }
      Memory.surely(Connection.UNANSWERED, () -> fail(environment, e, count));
    } finally {
      comms.end();
    }
    if (debugging != null) {
      debugging.cellEnded();
    }
    if (stored) {
      String result = shown;
      Memory.surely(Connection.UNANSWERED, () -> kernel.history().add(count, code, result));
    }
  }

  private void fail(CellEnvironment environment, Throwable e, int count) {
    String name = nameOf(e);
    String text = e.getMessage() == null ? "" : PlainText.cut(e.getMessage());
    List<String> lines;
    try {
      lines = kernel.formatError(e);
    } catch (RuntimeException | StackOverflowError broken) {
      lines = ErrorText.of(name + ": " + text);
    }
    environment.publish(new PublishError(name, text, lines));
    kernel.notes(String.join("\n", lines));
    ErrorReply error = new ErrorReply(name, text, lines);
    error.setExecutionCount(count);
    environment.replyError(ExecuteReply.MESSAGE_TYPE.error(), error);
  }

  private static String nameOf(Throwable e) {
    return switch (e) {
      case CellFailure failure -> failure.name();
      case CellStopped stopped -> "KeyboardInterrupt";
      default -> Names.of(e.getClass());
    };
  }

  private Map<String, Object> values(Map<String, String> expressions) {
    Map<String, Object> values = new LinkedHashMap<>();
    Gson gson = new Gson();
    expressions.forEach(
        (name, code) -> {
          try {
            Object raw = kernel.evalRaw(code);
            DisplayData shown = kernel.evaluator().render(() -> kernel.asData(raw));
            JsonObject value = gson.toJsonTree(shown).getAsJsonObject();
            value.addProperty("status", "ok");
            values.put(name, withObjects(value));
          } catch (RuntimeException | Error e) {
            if (Memory.isLack(e)) {
              Memory.release();
            }
            values.put(
                name,
                new ErrorReply(nameOf(e), String.valueOf(e.getMessage()), kernel.formatError(e)));
          }
        });
    return values;
  }

  /** The specification wants an empty object for metadata where there are none. */
  private static JsonObject withObjects(JsonObject bundle) {
    for (String name : List.of("data", "metadata")) {
      if (!bundle.has(name) || bundle.get(name).isJsonNull()) {
        bundle.add(name, new JsonObject());
      }
    }
    return bundle;
  }

  /** A library ended the process while a cell ran: replies so that the front end does not wait. */
  void lastWords(CellEnvironment environment) {
    String text = "System.exit was called: the kernel ended and all variables are lost";
    environment.publish(new PublishError("KernelExit", text, ErrorText.of(text)));
    environment.replyError(
        ExecuteReply.MESSAGE_TYPE.error(), new ErrorReply("KernelExit", text, List.of()));
    environment.setStatusIdle();
    connection.flush();
  }
}
