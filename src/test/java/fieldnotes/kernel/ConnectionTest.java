package fieldnotes.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConnectionTest {
  @Test
  @DisplayName("cells that fail, however many, leave no file open")
  void failingCellsLeaveNoFileOpen() throws Exception {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    assumeThat(system)
        .as("files that are open are counted on Unix only")
        .isInstanceOf(UnixOperatingSystemMXBean.class);
    UnixOperatingSystemMXBean unix = (UnixOperatingSystemMXBean) system;
    Connection connection =
        new Connection(
            new KernelConnectionProperties(
                "127.0.0.1", 0, 0, 0, 0, 0, "tcp", "hmac-sha256", "key"));
    connection.dropWaiting();
    long before = unix.getOpenFileDescriptorCount();
    for (int i = 0; i < 200; i++) {
      connection.dropWaiting();
    }
    // Two hundred selectors would be four hundred; other tests may open a few meanwhile.
    assertThat(unix.getOpenFileDescriptorCount()).isLessThan(before + 100);
  }
}
