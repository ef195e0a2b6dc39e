internal import MomentsCore

/// `ffmpeg -i FILE -f null -`: the time it takes to decode all of a video and do nothing with it.
enum PlainDecode {
    /// Decodes.
    ///
    /// - Parameters:
    ///   - file: The video, as an absolute path.
    ///   - interruption: Ends it.
    /// - Returns: What it cost.
    /// - Throws: `Failure` where there is no ffmpeg, where it failed, or after an interruption.
    static func run(_ file: FilePath, _ interruption: Interruption) throws(Failure) -> BenchCost {
        let run = try ToolRun.run(
            ["ffmpeg", "-nostdin", "-v", "error", "-i", file, "-f", "null", "-"],
            interruption,
            orElse: "install it (apt-get install ffmpeg), or measure the job alone with --without-ffmpeg"
        )
        guard run.hasSucceeded else { throw Failure("ffmpeg cannot decode '\(file.display)': \(run.complaint)") }
        return run.cost
    }
}
