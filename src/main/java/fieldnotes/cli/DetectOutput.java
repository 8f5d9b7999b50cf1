package fieldnotes.cli;

import fieldnotes.audio.AudioException;
import fieldnotes.common.Reason;
import fieldnotes.detect.ClipKeeper;
import fieldnotes.detect.Listening;
import fieldnotes.detect.SoundEvent;
import fieldnotes.detect.SoundStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tells what is heard: as JSON or on the screen, in clips, in the journal. */
final class DetectOutput implements Listening.Ear {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss.SSS", Locale.ROOT);

  private final PrintWriter out;
  private final LiveView screen;
  private final ClipKeeper keeper;
  private final HeardDay day;
  private final int rateHz;
  private final boolean live;
  private final int mostParts;
  private final Consumer<String> log;
  private Runnable stop = () -> {};
  private SoundStream.Part part;
  private int parts;
  private long samples;
  private Instant lastCame = Instant.now();
  private boolean ended;
  private int lost;

  /**
   * @param screen the view, or null for JSON
   * @param keeper keeps clips, or null
   * @param day for the journal, or null
   * @param live whether the sound is made now
   * @param mostParts of the stream that are wanted
   * @param log takes what goes wrong
   */
  DetectOutput(
      PrintWriter out,
      LiveView screen,
      ClipKeeper keeper,
      HeardDay day,
      int rateHz,
      boolean live,
      int mostParts,
      Consumer<String> log) {
    this.out = out;
    this.screen = screen;
    this.keeper = keeper;
    this.day = day;
    this.rateHz = rateHz;
    this.live = live;
    this.mostParts = mostParts;
    this.log = log;
  }

  /** What ends the listening. */
  void stopBy(Runnable stopping) {
    stop = stopping;
  }

  void begin() {
    if (screen != null) {
      screen.begin();
    }
  }

  /** Writes what is left, once. */
  synchronized void end() {
    if (ended) {
      return;
    }
    ended = true;
    if (screen != null) {
      screen.end();
    }
    if (day != null) {
      day.save().ifPresent(text -> out.println(Printed.of("%s", text)));
    }
    out.flush();
  }

  @Override
  public void begins(SoundStream.Part next) {
    parts++;
    part = next;
    samples = 0;
    lastCame = Instant.now();
    if (screen != null) {
      screen.part(next.name());
    }
    if (keeper != null) {
      keeper.begins();
    }
    if (day != null) {
      day.part(next);
    }
  }

  @Override
  public boolean more() {
    return parts < mostParts;
  }

  @Override
  public void samples(float[] block, int count, Optional<SoundEvent> open) {
    samples += count;
    lastCame = Instant.now();
    double now = heardTo();
    if (keeper != null) {
      keeper.take(block, count);
    }
    if (screen != null) {
      screen.samples(block, count, now, open);
    }
    if (day != null) {
      day.heardTo((double) count / rateHz);
    }
  }

  private double heardTo() {
    return (part == null ? 0 : part.startSeconds()) + (double) samples / rateHz;
  }

  /**
   * When it was heard: counted back from when the last samples came, as an event that a stall or
   * the end of a connection cuts off is told long after.
   */
  private ZonedDateTime time(SoundEvent event) {
    return lastCame
        .minusMillis(Math.round(1000 * (heardTo() - event.startSeconds())))
        .truncatedTo(ChronoUnit.MILLIS)
        .atZone(ZoneId.systemDefault());
  }

  @Override
  public void event(SoundStream.Part of, SoundEvent event, double agoSeconds) {
    ZonedDateTime time = live ? time(event) : null;
    Optional<Path> clip = keeper == null ? Optional.empty() : kept(of, event, time);
    if (day != null) {
      day.event(of, event, time);
    }
    if (screen != null) {
      screen.event(event);
      return;
    }
    ObjectNode json = JSON.createObjectNode();
    json.put("source", of.name());
    if (time != null) {
      json.put("time", time.toInstant().toString());
    }
    json.put("start", rounded(event.startSeconds()));
    json.put("end", rounded(event.endSeconds()));
    json.put("label", event.label());
    json.put("confidence", rounded(event.confidence()));
    clip.ifPresent(file -> json.put("clip", file.toString()));
    out.println(JSON.writeValueAsString(json));
    if (out.checkError() || Main.terminal().checkError()) { // who reads it has gone
      stop.run();
    }
  }

  /** A full disk must not end the listening. */
  private Optional<Path> kept(SoundStream.Part of, SoundEvent event, ZonedDateTime time) {
    try {
      return keeper.keep(name(of, event, time), within(of, event));
    } catch (AudioException | UncheckedIOException e) {
      lost++;
      log.accept("a clip is not kept: " + Reason.of(e));
      return Optional.empty();
    }
  }

  /** How many clips could not be written. */
  int lost() {
    return lost;
  }

  private static double rounded(double x) {
    return Math.round(1000 * x) / 1000.0;
  }

  private static SoundEvent within(SoundStream.Part of, SoundEvent event) {
    double start = of.startSeconds();
    return new SoundEvent(
        Math.max(0, event.startSeconds() - start),
        Math.max(0, event.endSeconds() - start),
        event.label(),
        event.confidence());
  }

  private static String name(SoundStream.Part of, SoundEvent event, ZonedDateTime time) {
    if (time != null) {
      return time.format(NAME) + "-" + event.label();
    }
    Path file = Path.of(of.name()).getFileName();
    String name = file == null ? "sound" : file.toString().replaceFirst("\\.[^.]*$", "");
    return "%s-%s-%s"
        .formatted(name, LiveView.clock(event.startSeconds()).replace(":", "."), event.label());
  }
}
