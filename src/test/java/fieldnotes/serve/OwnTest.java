package fieldnotes.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By which names a server of this machine is asked. */
class OwnTest {
  private static boolean takes(String listensOn, int port, String host, String... origins) {
    boolean secure = Arrays.stream(origins).anyMatch(one -> one.startsWith("https"));
    try {
      Own.of(listensOn, secure || port == 443).require(List.of(host), List.of(origins), port);
      return true;
    } catch (Refusal e) {
      assertThat(e.status().getCode()).isEqualTo(403);
      return false;
    }
  }

  @ParameterizedTest(name = "{0}, port {1}, asked as {2}: {3}")
  @CsvSource({
    "127.0.0.1, 8080, 127.0.0.1:8080, true",
    "127.0.0.1, 8080, localhost:8080, true",
    "127.0.0.1, 8080, LocalHost:8080, true",
    "127.0.0.1, 8080, localhost, false",
    "127.0.0.1, 8080, localhost:80, false",
    "127.0.0.1, 8080, localhost.:8080, false",
    "127.0.0.1, 8080, 127.0.0.2:8080, false",
    "127.0.0.1, 8080, [::1]:8080, false",
    "127.0.0.1, 8080, evil.example:8080, false",
    "127.0.0.1, 8080, localhost:8080.evil.example, false",
    "127.0.0.1, 8080, a@localhost:8080, false",
    "127.0.0.1, 8080, localhost:99999999999, false",
    "127.0.0.1, 8080, '', false",
    "127.0.0.2, 8080, 127.0.0.2:8080, true",
    "127.0.0.2, 8080, 127.0.0.3:8080, false",
    "127.0.0.2, 8080, localhost:8080, true",
    "127.1, 8080, 127.0.0.1:8080, true",
    "::1, 8080, [::1]:8080, true",
    "::1, 8080, [0:0:0:0:0:0:0:1]:8080, true",
    "::1, 8080, localhost:8080, true",
    "::1, 8080, ::1:8080, false",
    "::1, 8080, [::2]:8080, false",
    "::1, 8080, [::1, false",
    "::1, 8080, [], false",
    "::1, 8080, [:::::]:8080, false",
    "0:0:0::1, 8080, [::1]:8080, true",
    "localhost, 80, localhost, true",
    "localhost, 80, localhost:80, true",
    "localhost, 80, localhost:443, false",
    "127.0.0.1, 443, localhost, true",
    "::1, 80, [::1], true",
  })
  void hosts(String listensOn, int port, String host, boolean taken) {
    assertThat(takes(listensOn, port, host)).isEqualTo(taken);
  }

  @Test
  @DisplayName("an origin must be the host that was asked, with the usual port written or not")
  void origins() {
    assertThat(takes("127.0.0.1", 80, "localhost", "http://localhost")).isTrue();
    assertThat(takes("127.0.0.1", 80, "localhost:80", "http://localhost")).isTrue();
    assertThat(takes("127.0.0.1", 443, "localhost", "https://localhost")).isTrue();
    assertThat(takes("::1", 8080, "[::1]:8080", "http://[::1]:8080")).isTrue();
    assertThat(takes("127.0.0.1", 80, "localhost", "http://127.0.0.1")).isFalse();
    assertThat(takes("127.0.0.1", 80, "localhost", "http://localhost:8888")).isFalse();
    assertThat(takes("127.0.0.1", 443, "localhost", "http://localhost")).isFalse();
    assertThat(takes("127.0.0.1", 80, "localhost", "null")).isFalse();
    assertThat(takes("127.0.0.1", 80, "localhost", "http://localhost", "null")).isFalse();
  }

  @Test
  @DisplayName("no host and two hosts are refused, with the names that are answered")
  void others() {
    Own own = Own.of("::1", false);
    for (List<String> hosts : List.of(List.<String>of(), List.of("[::1]:1", "[::1]:1"))) {
      assertThatThrownBy(() -> own.require(hosts, List.of(), 1))
          .hasMessage("this server answers only as [::1]:1, 127.0.0.1:1, localhost:1");
    }
  }
}
