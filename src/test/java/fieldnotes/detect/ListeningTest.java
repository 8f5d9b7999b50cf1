package fieldnotes.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fieldnotes.audio.SoundFiles;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListeningTest {
  private static final ListenOptions OPTIONS = ListenOptions.of().withBackground("hiss");

  private static SoundModel model;

  private final List<String> begun = new ArrayList<>();
  private final List<SoundEvent> events = new ArrayList<>();
  private long samples;

  @BeforeAll
  static void train() throws IOException {
    model = HeardTones.model();
  }

  private final Listening.Ear ear =
      new Listening.Ear() {
        @Override
        public void begins(SoundStream.Part part) {
          begun.add(part.name());
        }

        @Override
        public void samples(float[] block, int count, Optional<SoundEvent> open) {
          samples += count;
        }

        @Override
        public void event(SoundStream.Part part, SoundEvent event, double agoSeconds) {
          assertThat(agoSeconds).isBetween(0.0, 5.0);
          events.add(event);
        }
      };

  @Test
  @DisplayName("each file is heard from its beginning; events equal those of the file alone")
  void files(@TempDir Path two) throws IOException {
    Path a = HeardTones.streamFile(two.resolve("a.wav"));
    HeardTones.streamFile(two.resolve("b.wav"));
    SoundStream stream = SoundStreams.files(SoundFiles.of(two), model.rateHz(), text -> {});
    assertThat(new Listening(model, OPTIONS, stream, ear).run()).isBetween(31.99, 32.01);
    List<SoundEvent> alone = Detector.events(model, a, OPTIONS);
    assertThat(alone).hasSize(2);
    List<SoundEvent> twice = new ArrayList<>(alone);
    twice.addAll(alone);
    assertThat(events).isEqualTo(twice);
    assertThat(begun).hasSize(2);
    assertThat(samples).isEqualTo(2L * HeardTones.stream().length());
  }

  @Tag("long")
  @Test
  @DisplayName("the times of a random part are those of its file")
  void offset(@TempDir Path one) throws IOException {
    HeardTones.streamFile(one.resolve("a.wav"));
    SoundStream stream =
        SoundStreams.random(SoundFiles.of(one), 0, 12, 4, model.rateHz(), text -> {});
    Listening.Ear once =
        new Listening.Ear() {
          @Override
          public boolean more() {
            return false;
          }

          @Override
          public void event(SoundStream.Part part, SoundEvent event, double agoSeconds) {
            events.add(event);
          }
        };
    assertThat(new Listening(model, OPTIONS, stream, once).run()).isEqualTo(12);
    assertThat(events)
        .filteredOn(e -> e.label().equals("high"))
        .hasSize(1)
        .allSatisfy(e -> assertThat(e.startSeconds()).isBetween(9.1, 9.3));
  }

  @Test
  @DisplayName("stopping while the stream waits gives the sound that has not ended")
  void stop() throws Exception {
    PipedOutputStream out = new PipedOutputStream();
    PipedInputStream in = new PipedInputStream(out, 1 << 20);
    float[] x = HeardTones.stream().samples();
    ByteBuffer bytes = ByteBuffer.allocate(4 * 5 * HeardTones.RATE).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 5 * HeardTones.RATE; i++) {
      bytes.putFloat(x[i]);
    }
    out.write(bytes.array());
    SoundStream stream =
        SoundStreams.raw(
            in, "pipe", new RawFormat(HeardTones.RATE, 1, "f32le"), HeardTones.RATE, t -> {});
    CountDownLatch all = new CountDownLatch(1);
    Listening.Ear waiting =
        new Listening.Ear() {
          @Override
          public void samples(float[] block, int count, Optional<SoundEvent> open) {
            samples += count;
            if (samples == 5L * HeardTones.RATE) {
              all.countDown();
            }
          }

          @Override
          public void event(SoundStream.Part part, SoundEvent event, double agoSeconds) {
            events.add(event);
          }
        };
    Listening listening = new Listening(model, OPTIONS, stream, waiting);
    Thread thread =
        Thread.startVirtualThread(
            () -> {
              try {
                listening.run();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    all.await();
    listening.stop();
    assertThat(events).extracting(SoundEvent::label).containsExactly("low");
    assertThat(events.getFirst().endSeconds()).isBetween(4.9, 5.0);
    out.close();
    thread.join();
    listening.stop();
    assertThat(events).hasSize(1);
  }

  @Tag("long")
  @Test
  @DisplayName("an ear that has heard enough stops the listening")
  void enough(@TempDir Path one) throws IOException {
    HeardTones.streamFile(one.resolve("a.wav"));
    SoundStream stream = SoundStreams.files(SoundFiles.of(one), model.rateHz(), text -> {});
    Runnable[] stop = new Runnable[1];
    Listening listening =
        new Listening(
            model,
            OPTIONS,
            stream,
            (part, event, ago) -> {
              events.add(event);
              stop[0].run();
            });
    stop[0] = listening::stop;
    assertThat(listening.run()).isBetween(5.0, 10.0);
    assertThat(events).hasSize(1);
  }

  @Test
  @DisplayName("an ear may stop the listening at each of several events that the end gives")
  void stopAtTheEnd() throws IOException {
    float[] x = Arrays.copyOf(HeardTones.stream().samples(), (int) (10.4 * HeardTones.RATE));
    SoundStream stream =
        new SoundStream() {
          private int at;

          @Override
          public Optional<Part> next() {
            return at == 0 ? Optional.of(new Part("x", 0)) : Optional.empty();
          }

          @Override
          public int read(float[] block) {
            int n = Math.min(block.length, x.length - at);
            System.arraycopy(x, at, block, 0, n);
            at += n;
            return n == 0 ? -1 : n;
          }

          @Override
          public boolean live() {
            return true;
          }

          @Override
          public void close() {}
        };
    // the first sound is joined with what may follow, so that both are events at the end only
    ListenOptions joined = OPTIONS.withJoin(60);
    Listening[] listening = new Listening[1];
    listening[0] =
        new Listening(
            model,
            joined,
            stream,
            (part, event, ago) -> {
              events.add(event);
              listening[0].stop();
            });
    assertThat(listening[0].run()).isBetween(10.39, 10.41);
    assertThat(events).extracting(SoundEvent::label).containsExactly("low", "high");
    listening[0].stop();
    assertThat(events).hasSize(2);
  }

  @Test
  @DisplayName("when the stream cannot go on, what was heard has been given")
  void failing() {
    float[] x = HeardTones.stream().samples();
    SoundStream stream =
        new SoundStream() {
          private int at;

          @Override
          public Optional<Part> next() {
            return Optional.of(new Part("x", 100));
          }

          @Override
          public int read(float[] block) throws IOException {
            if (at > 5 * HeardTones.RATE) {
              throw new IOException("x: gone");
            }
            System.arraycopy(x, at, block, 0, block.length);
            at += block.length;
            return block.length;
          }

          @Override
          public boolean live() {
            return true;
          }

          @Override
          public void close() {}
        };
    assertThatThrownBy(() -> new Listening(model, OPTIONS, stream, ear).run())
        .hasMessage("x: gone");
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().startSeconds()).isBetween(103.3, 103.5);
  }
}
