package fieldnotes.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  @DisplayName("three at once, then one every half second")
  void handWorked() {
    RateLimit limit = new RateLimit(2, 3, 0);
    assertThat(limit.take(0)).isEqualTo(new RateLimit.Taken(true, 2, 0));
    assertThat(limit.take(0)).isEqualTo(new RateLimit.Taken(true, 1, 0));
    assertThat(limit.take(0)).isEqualTo(new RateLimit.Taken(true, 0, SECOND / 2));
    RateLimit.Taken refused = limit.take(SECOND / 4);
    assertThat(refused).isEqualTo(new RateLimit.Taken(false, 0, SECOND / 4));
    assertThat(refused.waitSeconds()).isEqualTo(1);
    assertThat(limit.take(SECOND / 2).taken()).isTrue();
    assertThat(limit.take(SECOND / 2).taken()).isFalse();
    assertThat(limit.take(100 * SECOND).left()).as("full again, not fuller").isEqualTo(2);
    assertThat(limit.policy()).isEqualTo("\"default\";q=3;w=2");
    assertThat(RateLimit.state(new RateLimit.Taken(true, 2, 0))).isEqualTo("\"default\";r=2;t=0");
  }

  @Test
  @DisplayName("64 threads take exactly the tokens there are, at each moment of a clock")
  void threads() throws Exception {
    RateLimit limit = new RateLimit(1000, 500, 0);
    AtomicLong clock = new AtomicLong();
    for (int round = 0; round < 20; round++) {
      int expected = round == 0 ? 500 : 250; // a quarter of a second has passed
      CountDownLatch go = new CountDownLatch(1);
      List<Future<Integer>> all = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(64)) {
        for (int t = 0; t < 64; t++) {
          all.add(
              threads.submit(
                  () -> {
                    go.await();
                    int taken = 0;
                    for (int i = 0; i < 50; i++) {
                      taken += limit.take(clock.get()).taken() ? 1 : 0;
                    }
                    return taken;
                  }));
        }
        go.countDown();
      }
      int taken = 0;
      for (Future<Integer> one : all) {
        taken += one.get();
      }
      assertThat(taken).isEqualTo(expected);
      clock.addAndGet(SECOND / 4);
    }
  }
}
