package fieldnotes.cli;

import fieldnotes.serve.ModelServer;
import fieldnotes.serve.ServeLimits;
import fieldnotes.serve.ServeOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./workbench serve}: serves models by HTTP. */
@Command(
    name = "serve",
    description = "Serve models by HTTP and web socket, until interrupted by Ctrl-C.",
    subcommands = ServeKeysCommand.class,
    sortOptions = false,
    footer = {
      "",
      "Models of sound and of rows are served alike. /docs tries each address, /live",
      "listens in the browser, /openapi.json describes all. Only this machine may ask,",
      "unless there are keys. Ctrl-C finishes what was taken; batches go on when the",
      "service starts again.",
      "",
      "Example: ./workbench serve --model tones.model --model housing.model --port 8080"
    })
final class ServeCommand implements Callable<Integer> {
  private static final String PASSWORD = "FIELDNOTES_TLS_PASSWORD";

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      arity = "1..*",
      description =
          "Saved models; each is called by the name of its file without ending. POST"
              + " /v1/models/reload reads them anew.")
  private List<Path> models;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Port; 0 for any that is free (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on; 0.0.0.0 for all of this machine, which needs --keys (default:"
              + " ${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description = "Ask for a key of this file, made by ./workbench serve keys add.")
  private Path keys;

  @Option(
      names = "--tls",
      paramLabel = "KEYSTORE",
      description =
          "Serve by TLS with the certificate in this PKCS12 key store. Its password is in the file"
              + " given by --tls-password, or in the variable "
              + PASSWORD
              + ".")
  private Path tls;

  @Option(
      names = "--tls-password",
      paramLabel = "FILE",
      description = "File whose first line is the password of the key store.")
  private Path password;

  @Option(
      names = "--work",
      paramLabel = "FOLDER",
      defaultValue = "serve",
      description = "Folder for batches, kept for a day (default: ${DEFAULT-VALUE}).")
  private Path work;

  @Option(
      names = "--log",
      paramLabel = "FILE|-|none",
      defaultValue = "-",
      description =
          "Where a line of JSON for each request is written; - for standard output (default:"
              + " ${DEFAULT-VALUE}).")
  private String log;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "Requests a second of a key that has no rate of its own; twice as many at once (default:"
              + " ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--max-seconds",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "Longest sound (default: ${DEFAULT-VALUE}).")
  private double maxSeconds;

  @Option(
      names = "--max-megabytes",
      paramLabel = "N",
      defaultValue = "32",
      description = "Largest body, and largest file of a batch (default: ${DEFAULT-VALUE}).")
  private int maxMegabytes;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter print = spec.commandLine().getOut();
    ModelServer server = ModelServer.start(options());
    Thread end = new Thread(server::close, "end of service");
    Runtime.getRuntime().addShutdownHook(end);
    print.println(Printed.of("serving %s", server));
    print.println(
        Printed.of("  to try it: %sdocs   to listen: %slive", server.address(), server.address()));
    print.flush();
    new CountDownLatch(1).await();
    return 0;
  }

  /** What the options say. */
  ServeOptions options() throws IOException {
    if (models == null) {
      throw usage("missing option --model: give at least one saved model");
    }
    if (port < 0 || port > 65_535) {
      throw usage("--port=%d: must lie within 0 and 65535", port);
    }
    if (!(rate > 0 && rate <= 1e6)) {
      throw usage("--rate=%s: must be above 0 and at most 1000000", rate);
    }
    if (!(maxSeconds > 0 && maxSeconds <= 36_000)) {
      throw usage("--max-seconds=%s: must be above 0 and at most 36000", maxSeconds);
    }
    if (maxMegabytes < 1 || maxMegabytes > 2_000) {
      throw usage("--max-megabytes=%d: must lie within 1 and 2000", maxMegabytes);
    }
    ServeLimits limits =
        ServeLimits.of()
            .withSizes((long) maxMegabytes << 20, maxSeconds)
            .withRate(rate, (int) Math.max(1, Math.ceil(2 * rate)));
    ServeOptions options =
        ServeOptions.of(models.toArray(Path[]::new))
            .withAddress(host, port)
            .withWork(work)
            .withLimits(limits);
    if (keys != null) {
      options = options.withKeys(keys);
    }
    if (tls != null) {
      options = options.withTls(tls, password());
    }
    return log.equals("none") ? options : options.withLog(Path.of(log));
  }

  private String password() throws IOException {
    if (password != null) {
      return Files.readString(password, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    }
    return Optional.ofNullable(System.getenv(PASSWORD))
        .orElseThrow(
            () ->
                usage(
                    "--tls=%s: needs the password of the key store: give --tls-password FILE or set"
                        + " %s",
                    tls, PASSWORD));
  }

  private ParameterException usage(String message, Object... values) {
    return new ParameterException(spec.commandLine(), Printed.of(message, values));
  }
}
