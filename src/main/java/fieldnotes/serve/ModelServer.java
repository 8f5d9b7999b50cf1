package fieldnotes.serve;

import fieldnotes.common.Check;
import fieldnotes.common.Reason;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/**
 * Serves models: of sound and of rows, by HTTP and by web socket.
 *
 * <pre>{@code
 * try (ModelServer server = ModelServer.start(ServeOptions.of(Path.of("housing.model")))) {
 *   System.out.println(server.address());
 * }
 * }</pre>
 */
public final class ModelServer implements AutoCloseable {
  private static final int SWEEP_MILLIS = 200;
  private static final int ACCEPTED = 1024;

  private final ServeOptions options;
  private final ServedModels models;
  private final Optional<SslContextFactory.Server> tls;
  private final RequestLog log;
  private final Jobs jobs;
  private final Watch watch;
  private final WorkFolder work;
  private final Streams streams;
  private final Gate gate;
  private final Javalin server;
  private final Metrics metrics = new Metrics();
  private final ScheduledExecutorService sweeper;
  private boolean closed;

  private ModelServer(ServeOptions options) throws IOException {
    this.options = options;
    ServeLimits limits = options.limits();
    requireSafe(options);
    Optional<ApiKeys> keys =
        options.keys().isPresent()
            ? Optional.of(ApiKeys.open(options.keys().get()))
            : Optional.empty();
    tls =
        options.tls().isPresent()
            ? Optional.of(TlsStore.read(options.tls().get(), options.password().orElse("")))
            : Optional.empty();
    models = new ServedModels(options.models());
    log = new RequestLog(options.log());
    Tickets tickets = new Tickets(keys, System::nanoTime);
    gate = new Gate(limits.workers(), limits.waiting(), 10_000);
    Own own = Own.of(options.host(), options.tls().isPresent());
    work = WorkFolder.of(options.work());
    Bodies bodies = new Bodies(limits, work.spool());
    jobs = jobs(bodies);
    Door door = new Door(keys, limits, own, tickets, metrics);
    watch = new Watch(door, limits, metrics, log);
    streams = new Streams(models, gate, limits, metrics);
    metrics.gauge(
        "fieldnotes_requests_waiting", "Requests that wait to be worked on.", gate::waiting);
    ModelApi api =
        new ModelApi(
            options, new ModelApi.Parts(models, bodies, gate, jobs, tickets, metrics, watch));
    try {
      server = Javalin.create(config -> configure(config, api)).start();
    } catch (RuntimeException e) {
      gate.close();
      jobs.close();
      work.close();
      log.close();
      throw new IllegalStateException(
          "%s port %d cannot be used (%s); give another, or 0 for any that is free"
              .formatted(
                  options.host(),
                  options.port(),
                  Reason.words(e.getCause() == null ? e : e.getCause())),
          e);
    }
    Thread.ofPlatform().daemon().name("warm up").priority(3).start(this::warmUp);
    sweeper =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sweeper").factory());
    Future<?> unused =
        sweeper.scheduleWithFixedDelay(
            this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  private Jobs jobs(Bodies bodies) throws IOException {
    try {
      return new Jobs(work.batches(), models, bodies, options.limits(), metrics);
    } catch (IOException | RuntimeException e) {
      work.close();
      throw e;
    }
  }

  /**
   * Starts a service.
   *
   * @throws IllegalArgumentException if it would be open to other machines without keys
   * @throws UncheckedIOException naming the model, the file of keys or the key store that cannot be
   *     read
   * @throws IllegalStateException if the port is in use
   */
  public static ModelServer start(ServeOptions options) {
    try {
      return new ModelServer(options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Other machines may ask only with keys. */
  private static void requireSafe(ServeOptions options) {
    boolean loopback;
    try {
      loopback = InetAddress.getByName(options.host()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "host=%s: is no address of this machine".formatted(options.host()), e);
    }
    Check.that(
        loopback || options.keys().isPresent(),
        "host=%s: other machines could ask, so keys are needed: make one with ./workbench serve keys"
            + " add NAME --keys FILE, and give --keys FILE",
        options.host());
  }

  private void configure(JavalinConfig config, ModelApi api) {
    Answers.prepare(config);
    QueuedThreadPool threads = new QueuedThreadPool(32, 4);
    threads.setDaemon(true);
    threads.setName("service");
    threads.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory()));
    config.jetty.threadPool = threads;
    ServeLimits limits = options.limits();
    config.http.maxRequestSize = limits.bodyBytes();
    config.jetty.multipartConfig.maxFileSize(limits.bodyBytes(), SizeUnit.BYTES);
    config.jetty.multipartConfig.maxTotalRequestSize(limits.batchBytes(), SizeUnit.BYTES);
    config.jetty.multipartConfig.maxInMemoryFileSize(1 << 16, SizeUnit.BYTES);
    config.jetty.multipartConfig.cacheDirectory(work.spool().toAbsolutePath().toString());
    config.jetty.addConnector(this::connector);
    config.jetty.modifyServer(
        jetty -> {
          WebSocketUpgradeHandler upgrade = WebSocketUpgradeHandler.from(jetty, streams::addTo);
          watch.setHandler(upgrade);
          jetty.setHandler(watch);
        });
    api.addTo(config.routes);
  }

  private ServerConnector connector(Server jetty, HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(8192);
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    ServerConnector connector;
    if (tls.isPresent()) {
      http.addCustomizer(new SecureRequestCustomizer(false));
      connector =
          new ServerConnector(
              jetty, 1, 1, new SslConnectionFactory(tls.get(), plain.getProtocol()), plain);
    } else {
      connector = new ServerConnector(jetty, 1, 1, plain);
    }
    connector.setHost(options.host());
    connector.setPort(options.port());
    connector.setAcceptQueueSize(ACCEPTED);
    ServeLimits limits = options.limits();
    // a body that stands still; one that drips is ended by its own time
    connector.setIdleTimeout((long) (1000 * Math.max(limits.bodySeconds(), limits.idleSeconds())));
    connector.addBean(watch, false);
    return connector;
  }

  private void warmUp() {
    try {
      for (Served model : models.all()) {
        model.warmUp((long) (1e9 * options.limits().warmSeconds()));
      }
    } catch (RuntimeException | Error e) {
      failed("warming up", e); // a model that fails on noise may still take other sounds
    }
    watch.setWarm();
  }

  private void sweep() {
    try {
      watch.sweep();
      streams.sweep();
      jobs.forget();
    } catch (RuntimeException | Error e) {
      failed("sweeping", e); // the next sweep must come all the same
    }
  }

  private static void failed(String doing, Throwable e) {
    System.err.println("serve: failed while %s: %s".formatted(doing, Reason.of(e)));
  }

  /** The address of the service. */
  public URI address() {
    String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
    return URI.create(
        "%s://%s:%d/".formatted(options.tls().isPresent() ? "https" : "http", host, server.port()));
  }

  /** Finishes what was taken, for as long as the limits say, and refuses what comes meanwhile. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    watch.stopTaking();
    streams.finish();
    long end = System.nanoTime() + (long) (1e9 * options.limits().stopSeconds());
    try {
      while ((watch.open() > 0 || streams.size() > 0) && System.nanoTime() < end) {
        Thread.sleep(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sweeper.shutdownNow();
    server.stop();
    gate.close();
    jobs.close();
    work.close();
    try {
      log.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "%s at %s".formatted(models.all().stream().map(Served::name).toList(), address());
  }
}
