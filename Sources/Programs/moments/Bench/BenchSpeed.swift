internal import MomentsBench
internal import MomentsCore
internal import MomentsSystem

/// How fast one video was done, beside ffmpeg's plain decoding of it.
struct BenchSpeed: Encodable {
    private let file: FilePath
    private let media: MediaInfo?
    private let quality: Quality
    private let analysis: AnalysisMode
    private let repeats: Int
    /// What decoding everything cost; nil where it was not measured.
    private let decoding: BenchCost?
    private let job: BenchCost
    private let ratio: BenchCost?
    private let stages: [String: BenchCost]
    private let stageRatios: [String: BenchCost]?
    private let framesDecodedShare: Double
    private let framesDecodedReason: String
    private let copiedShare: Double?
    private let peakMemory: Int64
    private let reelDuration: Double

    private enum CodingKeys: String, CodingKey {
        case file
        case media
        case quality
        case analysis
        case repeats
        case decoding
        case job
        case ratio
        case stages
        case stageRatios = "stage_ratios"
        case framesDecodedShare = "frames_decoded_share"
        case framesDecodedReason = "frames_decoded_reason"
        case copiedShare = "copied_share"
        case peakMemory = "peak_memory"
        case reelDuration = "reel_duration"
    }

    /// Measures, ffmpeg and the job in turn, and keeps the best of each.
    ///
    /// - Parameters:
    ///   - file: The video as the person named it.
    ///   - choice: What is wanted.
    ///   - mode: How the moments are looked for.
    ///   - interruption: Stops it.
    /// - Returns: The figures.
    /// - Throws: `Failure` when the file, the job or ffmpeg fails.
    static func measure(
        _ file: FilePath,
        _ choice: BenchChoice,
        _ mode: AnalysisMode,
        _ interruption: Interruption
    ) throws(Failure) -> BenchSpeed {
        let path = try BenchCorpus.readThrough(file)
        var options = choice.options
        options.analysis = mode
        var decoding: BenchCost?
        var jobs: [BenchJob] = []
        for _ in 0..<choice.repeats {
            if choice.withDecoding {
                let cost = try PlainDecode.run(path, interruption)
                decoding = decoding?.best(cost) ?? cost
            }
            jobs.append(try BenchJob.run(path, options, interruption))
        }
        return BenchSpeed(file.name, options, choice.repeats, decoding, jobs)
    }

    private init(_ name: FilePath, _ options: JobOptions, _ repeats: Int, _ decoding: BenchCost?, _ jobs: [BenchJob]) {
        let fastest = jobs.sorted { $0.cost.wall < $1.cost.wall }[0]
        file = name
        media = fastest.media
        quality = options.quality
        analysis = options.analysis
        self.repeats = repeats
        self.decoding = decoding
        job = jobs.reduce(fastest.cost) { $0.best($1.cost) }
        ratio = decoding.map { [job] in job.ratio(to: $0) }
        let stages = Dictionary(uniqueKeysWithValues: fastest.stages.map { ($0.key.rawValue, $0.value) })
        self.stages = stages
        stageRatios = decoding.map { cost in stages.mapValues { $0.ratio(to: cost) } }
        framesDecodedShare = fastest.highlight.analysis.frames_decoded_share
        framesDecodedReason = fastest.highlight.analysis.reason
        copiedShare = fastest.highlight.copiedShare
        peakMemory = jobs.map(\.peakMemory).max() ?? 0
        reelDuration = fastest.highlight.shots.seconds
    }

    /// The figures for people.
    var lines: [String] {
        var lines = [title]
        if let decoding { lines.append("  ffmpeg     " + Self.words(decoding, media)) }
        lines.append("  moments    " + Self.words(job, media))
        if let ratio {
            let best = repeats > 1 ? ", the best of \(repeats) runs each" : ""
            lines.append("  ratio      " + Self.shares(ratio) + best)
        }
        for stage in Stage.allCases {
            guard let cost = stages[stage.rawValue] else { continue }
            let share = stageRatios?[stage.rawValue].map { ", " + Self.shares($0) } ?? ""
            lines.append("  \(Words.column(stage.rawValue, 10)) " + Self.seconds(cost) + share)
        }
        lines.append(
            "  decoded    \(Words.fixed(framesDecodedShare * 100, 1)) % of the pictures for the analysis: \(framesDecodedReason)"
        )
        if let copiedShare { lines.append("  copied     \(Words.fixed(copiedShare * 100, 1)) % of the reel as it was") }
        lines.append("  memory     \(Words.bytes(peakMemory)) at most in the worker")
        return lines.map { Escaping.line($0) }
    }

    private var title: String {
        guard let media else { return file.display }
        let reel = Words.decimal(reelDuration, 1)
        return "\(file.display): \(media.durationText), \(media.width)×\(media.height), \(media.videoCodec), "
            + "quality \(quality.rawValue), analysis \(analysis.rawValue), reel \(reel) s"
    }

    private static func words(_ cost: BenchCost, _ media: MediaInfo?) -> String {
        seconds(cost) + (media.map { ", \(Words.decimal($0.duration / max(cost.wall, 1e-9), 1)) × real time" } ?? "")
    }

    private static func seconds(_ cost: BenchCost) -> String {
        "\(Words.fixed(cost.wall, 2)) s, \(Words.fixed(cost.processor, 2)) s of CPU"
    }

    private static func shares(_ ratio: BenchCost) -> String {
        "\(Words.fixed(ratio.wall, 3)) of ffmpeg's time, \(Words.fixed(ratio.processor, 3)) of its CPU"
    }
}
