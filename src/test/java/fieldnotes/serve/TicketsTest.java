package fieldnotes.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tickets for streams, by a clock of the test. */
class TicketsTest {
  private static final long SECOND = 1_000_000_000L;

  @TempDir Path folder;
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 10 * SECOND); // it overflows
  private Path file;
  private String id;
  private Tickets tickets;

  @BeforeEach
  void begin() throws Exception {
    file = folder.resolve("keys.json");
    id = ApiKeys.add(file, "ann", false, 0).substring(3, 11);
    tickets = new Tickets(Optional.of(ApiKeys.open(file)), clock::get);
  }

  private boolean taken(String query) {
    return tickets.take(query).map(key -> key.name().equals("ann")).orElse(false);
  }

  @Test
  @DisplayName("a ticket holds once, for less than thirty seconds")
  void once() {
    String ticket = tickets.give(id);
    assertThat(ticket).matches("[0-9a-f]{32}").isNotEqualTo(tickets.give(id));
    clock.addAndGet(30 * SECOND - 1);
    assertThat(taken("model=tones&ticket=" + ticket + "&rate=8000")).isTrue();
    assertThat(taken("ticket=" + ticket)).as("again").isFalse();
    String late = tickets.give(id);
    clock.addAndGet(30 * SECOND);
    assertThat(taken("ticket=" + late)).as("too late").isFalse();
  }

  @Test
  @DisplayName("what is not exactly a ticket in the address is none, and uses none up")
  void looks() {
    String ticket = tickets.give(id);
    for (String query :
        new String[] {
          null,
          "",
          "ticket=",
          "ticket=" + ticket + "0",
          "ticket=" + ticket.substring(1),
          "xticket=" + ticket,
          "Ticket=" + ticket,
          "ticket=" + "0".repeat(32)
        }) {
      assertThat(taken(query)).as(query).isFalse();
    }
    assertThat(taken("ticket=" + ticket)).isTrue();
  }

  @Test
  @DisplayName("a ticket falls with its key")
  void revoked() throws Exception {
    String ticket = tickets.give(id);
    ApiKeys.revoke(file, "ann");
    Thread.sleep(150); // the file is looked at every tenth of a second
    assertThat(taken("ticket=" + ticket)).isFalse();
  }

  @Test
  @DisplayName("so many unused tickets are kept and no more, until they are too old")
  void most() {
    for (int i = 0; i < 10_000; i++) {
      tickets.give(id);
    }
    assertThatThrownBy(() -> tickets.give(id))
        .isInstanceOf(Refusal.class)
        .hasMessage("too many tickets are unused");
    clock.addAndGet(30 * SECOND);
    assertThat(taken("ticket=" + tickets.give(id))).isTrue();
  }
}
