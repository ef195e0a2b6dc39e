internal import MomentsBench
internal import MomentsCore

/// A program of somebody else's that finds scenes, to be scored beside momentsd.
struct BenchDetector {
    /// What it found in one video.
    struct Finding {
        /// When scenes start, without the first one's.
        let starts: [Double]
        /// Seconds it took.
        let seconds: Double
    }

    /// The command, as a shell reads it; the video's path comes behind it.
    let command: FilePath

    /// Lets it look at a video.
    ///
    /// - Parameters:
    ///   - video: The video, as an absolute path.
    ///   - interruption: Ends it.
    /// - Returns: What it found.
    /// - Throws: `Failure` where it fails or prints something else than scene starts.
    func run(on video: FilePath, _ interruption: Interruption) throws(Failure) -> Finding {
        let script = command.adding(suffix: " \"$@\"")
        let run = try ToolRun.run(["/bin/sh", "-c", script, "sh", video], interruption, orElse: "a shell is needed")
        guard run.hasSucceeded else {
            throw Failure("the detector '\(command.display)' failed on '\(video.display)': \(run.complaint)")
        }
        guard let found = SceneStarts(run.text) else {
            throw Failure(
                "the detector '\(command.display)' printed something else than a frame number, or seconds with a decimal "
                    + "point, a line: '\(Escaping.excerpt(run.text))'"
            )
        }
        let frames = found.needFrameTimes ? try frameTimes(of: video, interruption) : []
        guard let starts = found.seconds(frames: frames) else {
            throw Failure(
                "the detector '\(command.display)' names a frame that '\(video.display)' does not have; it has "
                    + "\(frames.count), counted from 0"
            )
        }
        return Finding(starts: starts, seconds: run.cost.wall)
    }

    /// When each frame is shown, by the packets: nothing is decoded for it.
    private func frameTimes(of video: FilePath, _ interruption: Interruption) throws(Failure) -> [Double] {
        let words: [FilePath] = [
            "ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "packet=pts_time,flags", "-of",
            "csv=print_section=0", video,
        ]
        let advice = "install it (apt-get install ffmpeg), or let the detector print seconds"
        let run = try ToolRun.run(words, interruption, orElse: advice)
        let times = run.text.split(separator: "\n").compactMap { line -> Double? in
            let parts = line.split(separator: ",")
            // Discarded packets are decoded, but not shown.
            guard parts.count >= 2, !parts[1].contains("D") else { return nil }
            return Double(parts[0])
        }
        guard !times.isEmpty else {
            throw Failure("ffprobe gives no times of the frames of '\(video.display)': \(run.complaint)")
        }
        return times.sorted()
    }
}
