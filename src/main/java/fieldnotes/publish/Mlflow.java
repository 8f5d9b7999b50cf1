package fieldnotes.publish;

import fieldnotes.common.Reason;
import fieldnotes.evaluate.Better;
import fieldnotes.journal.Journal;
import fieldnotes.journal.Metric;
import fieldnotes.journal.Run;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.mlflow.api.proto.Service;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowClientException;

/**
 * Runs sent to an MLflow tracking server: options as parameters, metrics, and the rest as tags. A
 * run that was sent before is not sent again.
 */
public final class Mlflow {
  private static final String RUN_TAG = "fieldnotes.run";
  private static final int PARAMETERS_A_CALL = 100;
  private static final int METRICS_A_CALL = 1000;
  private static final int LONGEST_PARAMETER = 500;
  private static final int LONGEST_TAG = 5000;
  private static final Pattern NOT_ALLOWED = Pattern.compile("[^A-Za-z0-9_\\-. /]");

  private Mlflow() {}

  /**
   * Sends the runs of an entry. Those that the server has are passed over.
   *
   * @param entry see {@link Journal#runs(String)}; blank for the runs of all entries
   * @param server for example {@code http://localhost:5000}
   * @param experiment is made where the server has none of this name
   * @return how many runs the server did not have yet
   * @throws IllegalArgumentException if the journal has no such entry, or more than one
   * @throws IllegalStateException if the server does not take them; the message has its reason
   */
  public static int send(Journal journal, String entry, String server, String experiment) {
    List<Run> runs = entry.isBlank() ? journal.runs() : journal.runs(entry);
    int sent = 0;
    try (MlflowClient client = new MlflowClient(server)) {
      String id =
          client
              .getExperimentByName(experiment)
              .map(Service.Experiment::getExperimentId)
              .orElseGet(() -> client.createExperiment(experiment));
      for (Run run : runs) {
        if (!known(client, id, run)) {
          send(client, id, run);
          sent++;
        }
      }
    } catch (MlflowClientException e) {
      throw new IllegalStateException(
          "%s: the MLflow server did not accept the runs: %s".formatted(server, why(e)), e);
    }
    return sent;
  }

  /** What the server said, or why it cannot be reached. */
  private static String why(MlflowClientException e) {
    return e.getCause() == null ? e.getMessage() : Reason.words(e.getCause());
  }

  private static boolean known(MlflowClient client, String experiment, Run run) {
    String filter = "tags.`" + RUN_TAG + "` = '" + run.id().replaceAll("[^0-9a-z]", "") + "'";
    return !client
        .searchRuns(List.of(experiment), filter, Service.ViewType.ACTIVE_ONLY, 1)
        .getItems()
        .isEmpty();
  }

  private static void send(MlflowClient client, String experiment, Run run) {
    long time = run.time().toEpochMilli();
    double seconds = seconds(run).orElse(0.0);
    Service.RunInfo made =
        client.createRun(
            Service.CreateRun.newBuilder()
                .setExperimentId(experiment)
                .setStartTime(time - Math.round(seconds * 1000))
                .addTags(tag("mlflow.runName", run.title()))
                .build());
    String id = made.getRunId();
    Set<String> names = new HashSet<>();
    List<Service.Param> parameters = new ArrayList<>();
    Map<String, String> settings = new LinkedHashMap<>(run.options());
    if (!run.seed().isEmpty()) {
      settings.putIfAbsent("seed", run.seed());
    }
    settings.forEach(
        (name, value) ->
            parameters.add(
                Service.Param.newBuilder()
                    .setKey(key(name, names))
                    .setValue(cut(value, LONGEST_PARAMETER))
                    .build()));
    names.clear();
    List<Service.Metric> metrics = new ArrayList<>();
    List<Service.RunTag> tags = new ArrayList<>();
    for (Metric metric : run.metrics()) {
      String key = key(metric.name(), names);
      metrics.add(
          Service.Metric.newBuilder()
              .setKey(key)
              .setValue(metric.value())
              .setTimestamp(time)
              .setStep(0)
              .build());
      if (!metric.unit().isEmpty()) {
        tags.add(tag("fieldnotes.unit." + key, metric.unit()));
      }
      if (metric.better() != Better.NEITHER) {
        tags.add(tag("fieldnotes.better." + key, metric.better().name().toLowerCase(Locale.ROOT)));
      }
    }
    tags.add(tag("fieldnotes.chapter", run.chapter()));
    tags.add(tag("mlflow.source.name", run.notebook()));
    tags.add(tag("mlflow.source.git.commit", run.made().getOrDefault("commit", "")));
    tags.add(tag("mlflow.note.content", run.conclusion()));
    names.clear();
    run.data().forEach((name, hash) -> tags.add(tag(key("fieldnotes.data." + name, names), hash)));
    run.made()
        .forEach((name, value) -> tags.add(tag(key("fieldnotes.made." + name, names), value)));
    tags.removeIf(tag -> tag.getValue().isEmpty());
    // The tag that says it is known comes last: a run cut short is sent again.
    for (int i = 0; i < parameters.size(); i += PARAMETERS_A_CALL) {
      client.logBatch(id, null, part(parameters, i, PARAMETERS_A_CALL), null);
    }
    for (int i = 0; i < metrics.size(); i += METRICS_A_CALL) {
      client.logBatch(id, part(metrics, i, METRICS_A_CALL), null, null);
    }
    for (int i = 0; i < tags.size(); i += PARAMETERS_A_CALL) {
      client.logBatch(id, null, null, part(tags, i, PARAMETERS_A_CALL));
    }
    client.setTerminated(id, Service.RunStatus.FINISHED, time);
    client.setTag(id, RUN_TAG, run.id());
  }

  private static <T> List<T> part(List<T> all, int from, int most) {
    return all.subList(from, Math.min(all.size(), from + most));
  }

  private static Optional<Double> seconds(Run run) {
    try {
      return Optional.ofNullable(run.made().get("seconds")).map(Double::valueOf);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Service.RunTag tag(String key, String value) {
    return Service.RunTag.newBuilder().setKey(key).setValue(cut(value, LONGEST_TAG)).build();
  }

  /** A name as MLflow allows it, unlike all before. */
  private static String key(String name, Set<String> taken) {
    String plain = NOT_ALLOWED.matcher(name).replaceAll("_");
    String wish = plain.length() > 240 ? plain.substring(0, 240) : plain;
    String key = wish;
    for (int i = 2; !taken.add(key); i++) {
      key = wish + "_" + i;
    }
    return key;
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }
}
