package fieldnotes.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fieldnotes.evaluate.Better;
import fieldnotes.journal.Journal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ExportTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path folder;
  private Journal journal;

  @BeforeEach
  void twoRuns() {
    journal =
        Journal.at(folder)
            .withClock(Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC));
    journal
        .newEntry("Sound", "k-means, \"twice\"")
        .seed(7)
        .data("studio", "ab")
        .option("k", 3)
        .metric("score (0–1)", 0.1 + 0.2, "", Better.HIGHER)
        .metric("error", Double.NaN, "dB", Better.LOWER)
        .save();
    journal.newEntry("Sound", "k-means, \"twice\"").option("k", 4).metric("rows", 12).save();
  }

  @Test
  @DisplayName("CSV has a row a run with all digits, an empty cell where there is nothing")
  void csv() throws Exception {
    Export.write(journal, "twice", folder.resolve("out/runs.csv"));
    List<String> lines = Files.readAllLines(folder.resolve("out/runs.csv"));
    assertThat(lines.getFirst())
        .startsWith("time,run,chapter,entry,notebook,seed,data.studio,option.k,")
        .contains(",metric.score (0–1),metric.error,metric.rows,conclusion,next,made.jdk,");
    assertThat(lines.get(1))
        .startsWith("2026-03-01T10:00Z,")
        .contains(",Sound,\"k-means, \"\"twice\"\"\",,7,ab,3,0.30000000000000004,,,");
    assertThat(lines.get(2)).contains(",Sound,\"k-means, \"\"twice\"\"\",,,,4,,,12.0,");
    assertThat(lines).hasSize(3);
  }

  @Test
  @DisplayName("Parquet holds the same, typed")
  void parquet() throws Exception {
    Path file = folder.resolve("run's.parquet");
    Export.write(journal, "", file);
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT time, entry, \"option.k\", \"metric.score (0–1)\", \"metric.rows\""
                    + " FROM '"
                    + file.toString().replace("'", "''")
                    + "'")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getTimestamp(1).toLocalDateTime()).hasToString("2026-03-01T10:00");
      assertThat(rows.getString(2)).isEqualTo("k-means, \"twice\"");
      assertThat(rows.getString(3)).isEqualTo("3");
      assertThat(rows.getDouble(4)).isEqualTo(0.1 + 0.2);
      assertThat(rows.getObject(5)).isNull();
      assertThat(rows.next()).isTrue();
      assertThat(rows.getDouble(5)).isEqualTo(12);
      assertThat(rows.next()).isFalse();
    }
    try (var files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .noneMatch(name -> name.contains("unfinished"));
    }
    assertThatThrownBy(() -> Export.write(journal, "", folder.resolve("runs.xlsx")))
        .hasMessageEndingWith("runs.xlsx: the name must end in .csv or .parquet");
  }

  @Test
  @DisplayName("an MLflow server gets each run once, with its parameters, metrics and tags")
  void mlflow() throws Exception {
    try (StandIn server = new StandIn()) {
      assertThat(Mlflow.send(journal, "", server.address(), "Listening")).isEqualTo(2);
      assertThat(server.experiments).containsExactly("Listening");
      assertThat(server.runs).hasSize(2);
      StandInRun first = server.runs.get("run1");
      assertThat(first.parameters).containsOnly(Map.entry("k", "3"), Map.entry("seed", "7"));
      assertThat(first.metrics)
          .containsOnly(Map.entry("score _0_1_", 0.1 + 0.2), Map.entry("error", Double.NaN));
      assertThat(first.tags)
          .containsEntry("mlflow.runName", "k-means, \"twice\"")
          .containsEntry("fieldnotes.chapter", "Sound")
          .containsEntry("fieldnotes.data.studio", "ab")
          .containsEntry("fieldnotes.unit.error", "dB")
          .containsEntry("fieldnotes.better.score _0_1_", "higher")
          .containsEntry("fieldnotes.run", journal.runs().getFirst().id())
          .containsKey("fieldnotes.made.jdk");
      assertThat(first.status).isEqualTo("FINISHED");
      assertThat(Mlflow.send(journal, "twice", server.address(), "Listening")).isZero();
      assertThat(server.runs).hasSize(2);
    }
  }

  @Test
  @DisplayName("a server that refuses is named with its reason")
  void refused() throws Exception {
    try (StandIn server = new StandIn()) {
      server.refuse = true;
      assertThatThrownBy(() -> Mlflow.send(journal, "", server.address(), "Listening"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith(server.address() + ": the MLflow server did not accept the runs")
          .hasMessageContaining("no permission");
    }
  }

  /** What the stand-in was told of a run. */
  private static final class StandInRun {
    final Map<String, String> parameters = new LinkedHashMap<>();
    final Map<String, Double> metrics = new LinkedHashMap<>();
    final Map<String, String> tags = new LinkedHashMap<>();
    String status = "";
  }

  /** A small server that speaks the calls of MLflow's REST interface that are needed here. */
  private static final class StandIn implements AutoCloseable {
    final List<String> experiments = new ArrayList<>();
    final Map<String, StandInRun> runs = new LinkedHashMap<>();
    volatile boolean refuse;
    private final HttpServer server;

    StandIn() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/api/2.0/mlflow/", this::answer);
      server.start();
    }

    String address() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
      String path = exchange.getRequestURI().getPath().substring("/api/2.0/mlflow/".length());
      byte[] body = exchange.getRequestBody().readAllBytes();
      ObjectNode reply = JSON.createObjectNode();
      int status = 200;
      if (refuse) {
        status = 403;
        reply.put("error_code", "PERMISSION_DENIED").put("message", "no permission");
      } else {
        status = answer(path, exchange, body.length == 0 ? null : tree(body), reply);
      }
      byte[] bytes = JSON.writeValueAsBytes(reply);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    }

    private static JsonNode tree(byte[] body) {
      return JSON.readTree(new String(body, StandardCharsets.UTF_8));
    }

    private int answer(String path, HttpExchange exchange, JsonNode in, ObjectNode out) {
      switch (path) {
        case "experiments/get-by-name" -> {
          String query = exchange.getRequestURI().getQuery();
          if (experiments.isEmpty() || !query.endsWith("=" + experiments.getFirst())) {
            out.put("error_code", "RESOURCE_DOES_NOT_EXIST").put("message", "none");
            return 404;
          }
          out.putObject("experiment").put("experiment_id", "1").put("name", "Listening");
        }
        case "experiments/create" -> {
          experiments.add(in.path("name").asString());
          out.put("experiment_id", "1");
        }
        case "runs/search" -> {
          assertThat(in.path("experiment_ids").get(0).asString()).isEqualTo("1");
          var found = out.putArray("runs");
          runs.forEach(
              (id, run) -> {
                String wanted = "tags.`fieldnotes.run` = '" + run.tags.get("fieldnotes.run") + "'";
                if (in.path("filter").asString("").equals(wanted)) {
                  found.addObject().putObject("info").put("run_id", id).put("run_uuid", id);
                }
              });
        }
        case "runs/create" -> {
          String id = "run" + (runs.size() + 1);
          StandInRun run = new StandInRun();
          in.path("tags")
              .forEach(t -> run.tags.put(t.path("key").asString(), t.path("value").asString()));
          runs.put(id, run);
          out.putObject("run").putObject("info").put("run_id", id).put("run_uuid", id);
        }
        case "runs/log-batch" -> {
          StandInRun run = runs.get(in.path("run_id").asString());
          in.path("params")
              .forEach(
                  p -> run.parameters.put(p.path("key").asString(), p.path("value").asString()));
          in.path("metrics")
              .forEach(
                  m ->
                      run.metrics.put(
                          m.path("key").asString(),
                          m.path("value").isNumber()
                              ? m.path("value").asDouble()
                              : Double.parseDouble(m.path("value").asString())));
          in.path("tags")
              .forEach(t -> run.tags.put(t.path("key").asString(), t.path("value").asString()));
        }
        case "runs/set-tag" ->
            runs.get(in.path("run_id").asString())
                .tags
                .put(in.path("key").asString(), in.path("value").asString());
        case "runs/update" -> {
          runs.get(in.path("run_id").asString()).status = in.path("status").asString();
          out.putObject("run_info").put("run_id", in.path("run_id").asString());
        }
        default -> {
          out.put("error_code", "ENDPOINT_NOT_FOUND").put("message", path);
          return 404;
        }
      }
      return 200;
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
