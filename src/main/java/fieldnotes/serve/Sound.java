package fieldnotes.serve;

import fieldnotes.audio.AudioInfo;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sends the sound of a clip: the file as it is where a browser can play it, otherwise WAVE. */
final class Sound {
  private final ClipFiles files;

  Sound(ClipFiles files) {
    this.files = files;
  }

  void send(Context ctx, int clip) throws IOException {
    Path file = files.file(clip);
    String type = "wav".equals(ctx.queryParam("as")) ? "" : files.playable(clip);
    if (files.isWhole(clip) && !type.isEmpty()) {
      Part.send(ctx, Files.newInputStream(file), type, Files.size(file));
      return;
    }
    AudioInfo info = files.info(clip);
    WavStream wav =
        new WavStream(
            file, files.clips().startSeconds(clip), files.seconds(clip), info.sampleRateHz());
    Part.send(ctx, wav, "audio/wav", wav.length());
  }
}
