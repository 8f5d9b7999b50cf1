package fieldnotes.kernel;

import com.google.gson.Gson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * A kernel and a front end in one process that run typical first cells. The JVM records the classes
 * they need for later starts.
 */
final class Training {
  private static final String KEY = "training";
  private static final List<String> CELLS =
      List.of(
          "1+1",
          "import java.awt.image.BufferedImage;\nvar numbers = List.of(3, 1, 2);\nnumbers",
          """
          record Point(double x, double y) {}
          double length(Point p) { return Math.hypot(p.x(), p.y()); }
          for (int i = 0; i < 3; i++) {
            System.out.println("point " + i + " " + length(new Point(i, i)));
          }
          numbers.stream().map(n -> n * n).collect(Collectors.toList())
          """,
          "display(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB)); new double[] {1, 2}",
          "Lines.of(\"Values\", \"x\", \"y\", new double[] {1, 2, 3}, new double[] {2, 1, 2})",
          "Table.create(\"tones\", StringColumn.create(\"name\", \"low\"), DoubleColumn.create(\"hz\", 1))",
          "int broken = 1 / 0;",
          "nothing.at(all)",
          "%lsmagic");

  /** Cells up to the cursor, at which a person asks for completion and inspection. */
  private static final List<String> TYPED =
      List.of(
          "numbers.str",
          "numbers.stream().map(n -> n.",
          "import java.util.",
          "Math.max(1, ",
          "Str",
          "Strin.f",
          "fieldnotes.data.DataSets.get(\"st",
          "new ArrayL");

  private final KernelConnectionProperties properties;
  private final ZMQ.Context context = ZMQ.context(1);
  private final ZMQ.Socket shell = context.socket(SocketType.DEALER);
  private final ZMQ.Socket iopub = context.socket(SocketType.SUB);
  private final Gson gson = new Gson();

  private Training(KernelConnectionProperties properties) {
    this.properties = properties;
  }

  static void run() throws Exception {
    Evaluator.writeIndex(DefaultImports.read(), "List.of(1, 2)");
    List<Integer> ports = freePorts(5);
    KernelConnectionProperties properties =
        new KernelConnectionProperties(
            "127.0.0.1",
            ports.get(0),
            ports.get(1),
            ports.get(2),
            ports.get(3),
            ports.get(4),
            "tcp",
            "hmac-sha256",
            KEY);
    Path file = Files.createTempFile("kernel", ".json");
    try {
      Files.writeString(file, properties.toJsonString());
      Thread.ofPlatform().daemon().start(() -> kernel(file));
      new Training(properties).drive();
    } catch (Exception e) {
      // Exit, because the kernel's threads would keep the process alive.
      System.err.println("kernel: training failed: " + e);
      Runtime.getRuntime().halt(1);
    } finally {
      Files.delete(file);
    }
  }

  private static void kernel(Path connectionFile) {
    try {
      JavaKernel.main(new String[] {connectionFile.toString()});
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void drive() throws Exception {
    String at = properties.getTransport() + "://" + properties.getIp() + ":";
    iopub.subscribe("");
    iopub.connect(at + properties.getIopubPort());
    shell.connect(at + properties.getShellPort());
    shell.setReceiveTimeOut(60_000);
    ask("kernel_info_request", Map.of());
    for (String cell : CELLS) {
      ask(
          "execute_request",
          Map.of(
              "code",
              cell,
              "silent",
              false,
              "store_history",
              true,
              "user_expressions",
              Map.of(),
              "allow_stdin",
              false,
              "stop_on_error",
              false));
    }
    for (String code : TYPED) {
      int end = code.length();
      ask("complete_request", Map.of("code", code, "cursor_pos", end));
      ask("inspect_request", Map.of("code", code, "cursor_pos", end, "detail_level", 0));
    }
    ask("is_complete_request", Map.of("code", "for (;;) {"));
    ask("shutdown_request", Map.of("restart", false));
  }

  private void ask(String type, Map<String, Object> content) throws Exception {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("msg_id", UUID.randomUUID().toString());
    header.put("username", "training");
    header.put("session", KEY);
    header.put("date", "2026-01-01T00:00:00.000000Z");
    header.put("msg_type", type);
    header.put("version", "5.3");
    List<String> parts = List.of(gson.toJson(header), "{}", "{}", gson.toJson(content));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    parts.forEach(part -> mac.update(part.getBytes(StandardCharsets.UTF_8)));
    shell.sendMore("<IDS|MSG>");
    shell.sendMore(HexFormat.of().formatHex(mac.doFinal()));
    for (int i = 0; i < parts.size() - 1; i++) {
      shell.sendMore(parts.get(i));
    }
    shell.send(parts.getLast());
    do {
      if (shell.recv() == null) {
        throw new IOException("the kernel did not answer " + type + " " + content);
      }
    } while (shell.hasReceiveMore());
  }

  private static List<Integer> freePorts(int n) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      sockets.add(socket);
      ports.add(socket.getLocalPort());
    }
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return ports;
  }
}
