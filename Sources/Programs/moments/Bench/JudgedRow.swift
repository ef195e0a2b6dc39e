internal import MomentsBench
internal import MomentsCore

/// One judged clip, and what each chooser's reel of it is worth.
struct JudgedRow: Encodable {
    /// What momentsd's job was like.
    struct Job: Encodable {
        /// How long it took.
        let seconds: Double
        /// The frames decoded to find the moments, as a share of all.
        let framesDecodedShare: Double

        private enum CodingKeys: String, CodingKey {
            case seconds
            case framesDecodedShare = "frames_decoded_share"
        }
    }

    /// The clip's name.
    let clip: FilePath
    /// Its kind.
    let group: String
    /// How sure its judge was.
    let confidence: String
    /// Whether that is sure.
    let isSure: Bool
    /// How long a reel of it should be, in seconds.
    let target: Double
    /// The figures of each reel.
    private(set) var results: [JudgedChooser: JudgedResult] = [:]
    private var jobs: [String: Job] = [:]

    private enum CodingKeys: String, CodingKey {
        case clip
        case group
        case confidence
        case target
        case jobs
        case reels
    }

    /// Does the jobs, makes the reels to be beaten, and scores all of them.
    ///
    /// - Parameters:
    ///   - clip: The clip.
    ///   - choice: What is wanted.
    ///   - interruption: Stops it.
    /// - Throws: `Failure` when a job or ffmpeg fails.
    init(_ clip: JudgedFolder.Clip, _ choice: BenchChoice, _ interruption: Interruption) throws(Failure) {
        let truth = clip.truth
        self.clip = clip.name
        group = truth.group
        confidence = truth.confidence
        isSure = truth.isSure
        target = truth.target
        for mode in choice.modes {
            var options = choice.options
            options.analysis = mode
            options.targetDuration = truth.target
            let job = try BenchJob.run(clip.video, options, interruption)
            results[JudgedChooser(mode)] = JudgedResult(of: job.highlight.reel, against: truth)
            let share = job.highlight.analysis.frames_decoded_share
            jobs[mode.rawValue] = Job(seconds: job.cost.wall, framesDecodedShare: share)
        }
        if let command = choice.judge {
            var options = choice.options
            (options.analysis, options.targetDuration, options.judge) = (.auto, truth.target, true)
            let judge = try LocalJudge(named: command, for: clip.name)
            let job = try BenchJob.run(clip.video, options, helpers: LocalHelpers(judge: judge), interruption)
            results[.judge] = JudgedResult(of: job.highlight.reel, against: truth)
            let share = job.highlight.analysis.frames_decoded_share
            jobs[JudgedChooser.judge.rawValue] = Job(seconds: job.cost.wall, framesDecodedShare: share)
        }
        let naive = try NaiveReels(clip, interruption)
        results[.frameDifference] = JudgedResult(of: naive.frameDifference, against: truth)
        results[.loudness] = JudgedResult(of: naive.loudness, against: truth)
        let even = JudgedChance.uniform(over: truth.duration, length: truth.target)
        results[.uniform] = JudgedResult(of: JudgedReel(even, target: truth.target), against: truth)
        results[.editor] = clip.editor.map { JudgedResult(of: $0, against: truth) }
    }

    /// Writes the figures, each reel's under its chooser's name.
    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(clip, forKey: .clip)
        try values.encode(group, forKey: .group)
        try values.encode(confidence, forKey: .confidence)
        try values.encode(target, forKey: .target)
        try values.encode(jobs, forKey: .jobs)
        let reels = results.map { ($0.key.rawValue, $0.value) }
        try values.encode(Dictionary(uniqueKeysWithValues: reels), forKey: .reels)
    }
}
