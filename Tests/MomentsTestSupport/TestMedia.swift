public import MomentsCore

/// Small media made on the spot with the `ffmpeg` program, and read with `ffprobe`.
public enum TestMedia {
    /// Makes a file in the test's scratch folder.
    ///
    /// - Parameters:
    ///   - name: Its name; the extension chooses the container.
    ///   - arguments: What ffmpeg is told before the name: inputs, filters, encoders.
    /// - Returns: Its path.
    /// - Throws: `Tool.Failure` with what ffmpeg said.
    public static func make(_ name: String, _ arguments: [String]) throws -> FilePath {
        let path = ScratchFolder.path.appending(name)
        try Tool.run(
            "ffmpeg",
            ["-nostdin", "-v", "error", "-y"] + arguments + ["-fflags", "+bitexact", path.text]
        )
        return path
    }

    /// A moving test picture with a rising tone: H.264 and AAC, 160 × 90.
    ///
    /// - Parameters:
    ///   - name: The file's name.
    ///   - seconds: How long.
    ///   - rate: Pictures per second, as ffmpeg writes it.
    ///   - extra: Further output options.
    /// - Returns: Its path.
    /// - Throws: `Tool.Failure` with what ffmpeg said.
    public static func clip(
        _ name: String,
        seconds: Double = 2,
        rate: String = "25",
        extra: [String] = []
    ) throws -> FilePath {
        try make(
            name,
            [
                "-f", "lavfi", "-i", "testsrc2=size=160x90:rate=\(rate):duration=\(seconds)",
                "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000:duration=\(seconds)",
                "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac",
            ] + extra
        )
    }

    /// Reads values of a file with ffprobe, one per line.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - entries: What to show, such as "stream=width,height".
    ///   - extra: Further options, such as `["-select_streams", "v:0", "-count_frames"]`.
    /// - Returns: The values in ffprobe's order.
    /// - Throws: `Tool.Failure` with what ffprobe said.
    public static func probe(_ path: FilePath, _ entries: String, _ extra: [String] = []) throws -> [String] {
        let text = try Tool.run(
            "ffprobe",
            ["-v", "error"] + extra + ["-show_entries", entries, "-of", "default=nw=1:nk=1", path.text]
        )
        return text.split(separator: "\n").map(String.init)
    }
}
