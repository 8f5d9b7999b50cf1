package fieldnotes.notebook;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import fieldnotes.audio.AudioFiles;
import fieldnotes.audio.Clip;
import fieldnotes.audio.ReadOptions;
import fieldnotes.common.Reason;
import fieldnotes.plot.LiveClips;
import fieldnotes.plot.Player;
import java.util.Base64;
import org.dflib.jjava.jupyter.kernel.comm.Comm;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.comm.CommTarget;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.comm.CommCloseCommand;
import org.dflib.jjava.jupyter.messages.comm.CommMsgCommand;
import org.dflib.jjava.jupyter.messages.comm.CommOpenCommand;

/**
 * Answers a click on a chart with its sound, where the front end cannot fetch it itself: a clip in
 * memory, a file outside of what the server serves, or of a format that the browser cannot play.
 * The message that opens the comm has {@code sound}, {@code from} and {@code to} in seconds; the
 * answer has {@code type} and {@code sound} in base64, or {@code error}.
 */
final class ChartSounds implements CommTarget {
  static final String TARGET = "fieldnotes.sound";

  @Override
  public Comm createComm(
      CommManager manager, String id, String target, Message<CommOpenCommand> message) {
    Comm comm = new Answered(manager, id, target);
    comm.send(answer(message.getContent().getData()));
    return comm;
  }

  /** The sound that is asked for, or why there is none. */
  static JsonObject answer(JsonObject asked) {
    JsonObject answer = new JsonObject();
    try {
      Player player = Player.of(clip(asked));
      answer.addProperty("type", player.mimeType());
      answer.addProperty("sound", Base64.getEncoder().encodeToString(player.sound()));
    } catch (RuntimeException e) {
      answer.addProperty("error", Reason.of(e));
    }
    return answer;
  }

  private static Clip clip(JsonObject asked) {
    String sound = asked.get("sound").getAsString();
    double from = Math.max(0, seconds(asked.get("from"), 0));
    double most = Math.min(Player.SECONDS, seconds(asked.get("to"), 1e9) - from);
    if (!LiveClips.isClip(sound)) {
      return AudioFiles.read(sound, ReadOptions.all().withPart(from, most));
    }
    Clip clip =
        LiveClips.get(sound)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the clip is no longer in the kernel; run the cell again"));
    double start = Math.min(from, clip.durationSeconds());
    return clip.slice(start, Math.min(start + most, clip.durationSeconds()));
  }

  private static double seconds(JsonElement value, double otherwise) {
    return value == null || value.isJsonNull() ? otherwise : value.getAsDouble();
  }

  /** A comm that is answered when it is opened. */
  private static final class Answered extends Comm {
    Answered(CommManager manager, String id, String target) {
      super(manager, id, target);
    }

    @Override
    protected void onMessage(Message<CommMsgCommand> message) {
      // nothing more is asked
    }

    @Override
    protected void onClose(Message<CommCloseCommand> message, boolean closing) {
      // nothing is held
    }
  }
}
