package fieldnotes.kernel;

import static fieldnotes.kernel.Pressure.Verdict.END;
import static fieldnotes.kernel.Pressure.Verdict.GO_ON;
import static fieldnotes.kernel.Pressure.Verdict.STOP_FOR_HEAP;
import static fieldnotes.kernel.Pressure.Verdict.STOP_FOR_THREADS;
import static org.assertj.core.api.Assertions.assertThat;

import fieldnotes.kernel.Pressure.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PressureTest {
  private final Pressure pressure = new Pressure();

  /** Looks once per second until there is a verdict; returns the seconds, 0 if there is none. */
  private int until(Verdict verdict, double collecting, double used, boolean refused) {
    for (int second = 1; second <= 300; second++) {
      Verdict now = pressure.next(1, collecting, used, refused, 0, 30);
      if (now == verdict) {
        return second;
      }
      assertThat(now).isIn(GO_ON, STOP_FOR_HEAP);
    }
    return 0;
  }

  // By hand: pressure grows by the share less 0.2 a second, to 1.2 and then from 0 to 8.
  @ParameterizedTest
  @CsvSource({"0.9, 2, 12", "0.5, 5, 27", "0.3, 13, 81", "1.0, 2, 11"})
  void aFullHeapStopsTheCellAndThenEndsTheProcess(double collecting, int stop, int end) {
    assertThat(until(STOP_FOR_HEAP, collecting, 0.95, false)).isBetween(stop - 1, stop);
    assertThat(until(END, collecting, 0.95, false)).isBetween(end - 1, end);
  }

  @Test
  void collectingALotIsNoPressureWhileThereIsRoom() {
    assertThat(until(STOP_FOR_HEAP, 1, 0.69, false)).isZero();
    assertThat(until(STOP_FOR_HEAP, 0.69, 0.87, false)).isZero();
  }

  @Test
  void collectingNearlyAllTheTimeIsPressureOnAnAlmostFullHeap() {
    assertThat(until(STOP_FOR_HEAP, 0.95, 0.75, false)).isBetween(4, 5);
    assertThat(until(END, 0.95, 0.75, false)).isBetween(32, 33);
  }

  @Test
  void aFullHeapThatIsCollectedSeldomIsNoPressure() {
    assertThat(until(STOP_FOR_HEAP, 0.2, 1, false)).isZero();
  }

  @Test
  void aKernelThatGetsNoMemoryIsUnderPressureWhateverIsMeasured() {
    assertThat(until(STOP_FOR_HEAP, 0, 0.5, true)).isBetween(4, 5);
    assertThat(until(END, 0, 0.5, true)).isBetween(27, 28);
  }

  @Test
  void aStopThatHelpsIsForgotten() {
    assertThat(until(STOP_FOR_HEAP, 0.9, 0.95, false)).isEqualTo(2);
    for (int second = 0; second < 3; second++) {
      assertThat(pressure.next(1, 0, 0.3, false, 0, 30)).isEqualTo(GO_ON);
    }
    assertThat(until(STOP_FOR_HEAP, 0.9, 0.95, false)).isEqualTo(2);
  }

  @Test
  void theNextCellIsStoppedAsSoon() {
    assertThat(until(STOP_FOR_HEAP, 0.9, 0.95, false)).isEqualTo(2);
    assertThat(pressure.next(1, 0, 0.3, false, 0, 30)).isEqualTo(GO_ON);
    assertThat(until(STOP_FOR_HEAP, 0.9, 0.95, false)).isEqualTo(2);
  }

  @Test
  void aMachineThatSleptIsNoPressureForHours() {
    assertThat(pressure.next(1, 0.9, 0.95, false, 0, 30)).isEqualTo(GO_ON);
    assertThat(pressure.next(36_000, 0.001, 0.95, false, 0, 30)).isEqualTo(GO_ON);
    assertThat(pressure.next(1, 0.9, 0.95, false, 0, 30)).isEqualTo(GO_ON);
  }

  // By hand: 12 are allowed, less a tenth a second; 12 − 0.1 + 1 exceed it.
  @Test
  void lacksOfMemoryThatAreCaughtStopTheCellHoweverEmptyTheHeapLooks() {
    assertThat(pressure.next(1, 0.1, 0.1, false, 12, 30)).isEqualTo(GO_ON);
    assertThat(pressure.next(1, 0.1, 0.1, false, 1, 30)).isEqualTo(STOP_FOR_HEAP);
    assertThat(pressure.next(1, 0.1, 0.1, false, 5, 30)).isEqualTo(GO_ON);
  }

  @Test
  void aLackOfMemoryNowAndThenIsTheCellsOwnAffair() {
    for (int second = 0; second < 3000; second++) {
      assertThat(pressure.next(1, 0.1, 0.1, false, second % 10 == 0 ? 1 : 0, 30)).isEqualTo(GO_ON);
    }
  }

  @Test
  void tooManyThreadsStopTheCellOnceAndThenEndTheProcess() {
    assertThat(pressure.next(1, 0, 0.3, false, 0, 10_000)).isEqualTo(GO_ON);
    assertThat(pressure.next(1, 0, 0.3, false, 0, 10_001)).isEqualTo(STOP_FOR_THREADS);
    for (int second = 2; second < 30; second++) {
      assertThat(pressure.next(1, 0, 0.3, false, 0, 10_001)).isEqualTo(GO_ON);
    }
    assertThat(pressure.next(1, 0, 0.3, false, 0, 10_001)).isEqualTo(END);
  }
}
