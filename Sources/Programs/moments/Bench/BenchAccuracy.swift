internal import MomentsBench
internal import MomentsCore

/// How right one video was done: a row of the table.
struct BenchAccuracy: Encodable {
    private let file: FilePath
    /// The mode of the analysis, or "detector" for somebody else's program.
    private let analysis: String
    private var planted: PlantedScore?
    private var baseline: Baseline?
    private var cuts: CutScore?
    /// How far the reel agrees in time with that of the mode before; nil for the first.
    private let agreement: Double?
    /// The frames decoded, as a share of all; nil where it is not known.
    private let framesDecodedShare: Double?
    private let seconds: Double

    private enum CodingKeys: String, CodingKey {
        case file
        case analysis
        case planted
        case baseline
        case cuts
        case agreement
        case framesDecodedShare = "frames_decoded_share"
        case seconds
    }

    /// Does the job in each mode and scores what came of it; of known cuts, what a detector finds too.
    ///
    /// - Parameters:
    ///   - video: The video and its truth.
    ///   - choice: What is wanted.
    ///   - interruption: Stops it.
    /// - Returns: A row for each mode, and one for the detector.
    /// - Throws: `Failure` when a job or the detector fails.
    static func measure(
        _ video: BenchCorpus.Video,
        _ choice: BenchChoice,
        _ interruption: Interruption
    ) throws(Failure) -> [BenchAccuracy] {
        var rows: [BenchAccuracy] = []
        var last: [Span]?
        for mode in choice.modes {
            var options = choice.options
            options.analysis = mode
            let job = try BenchJob.run(video.path, options, interruption)
            rows.append(BenchAccuracy(video, options, job, beside: last))
            last = job.highlight.shots
        }
        if case .cuts(let truth) = video.truth, let detector = choice.detector {
            rows.append(BenchAccuracy(video, truth, try detector.run(on: video.path, interruption)))
        }
        return rows
    }

    private init(_ video: BenchCorpus.Video, _ options: JobOptions, _ job: BenchJob, beside last: [Span]?) {
        let shots = job.highlight.shots
        file = video.path.name
        analysis = options.analysis.rawValue
        switch video.truth {
        case .planted(let truth):
            planted = PlantedScore(of: shots, against: truth, target: options.targetDuration)
            if !truth.events.isEmpty {
                baseline = Baseline(for: shots, truth: truth, target: options.targetDuration)
            }
            agreement = last.map { shots.agreement(with: $0) }
        case .cuts(let truth):
            cuts = CutScore(of: job.sceneStarts, against: truth)
            agreement = nil
        }
        framesDecodedShare = job.highlight.analysis.frames_decoded_share
        seconds = job.cost.wall
    }

    private init(_ video: BenchCorpus.Video, _ truth: CutTruth, _ finding: BenchDetector.Finding) {
        file = video.path.name
        analysis = "detector"
        cuts = CutScore(of: finding.starts, against: truth)
        (agreement, framesDecodedShare) = (nil, nil)
        seconds = finding.seconds
    }

    /// The names of the columns.
    static func head(of kind: BenchTruth.Kind) -> String {
        switch kind {
        case .planted:
            row(
                ["planted moments", "analysis", "recall", "precision", "repeated", "distract", "overlap"]
                    + ["uniform", "random", "decoded", "seconds"]
            )
        case .cuts:
            row(["shot boundaries", "analysis", "f1", "hard f1", "gradual", "false", "of", "decoded", "seconds"])
        }
    }

    /// The row for people; recall and precision of the two other reels stand beside each other.
    var line: String {
        var cells = [file.display, analysis]
        if let planted {
            cells += [Self.cell(planted.recall), Self.cell(planted.precision), Self.cell(planted.redundancy)]
            cells += [Self.cell(planted.distractors), Self.cell(agreement)]
            cells += [baseline?.uniform, baseline?.random].map {
                Self.cell($0?.recall) + " " + Self.cell($0?.precision)
            }
        }
        if let cuts {
            cells += [Self.cell(cuts.f1), Self.cell(cuts.hardF1), Self.cell(cuts.gradualRecall)]
            cells += ["\(cuts.falseStarts)", "\(cuts.boundaries)"]
        }
        let decoded = framesDecodedShare.map { Words.fixed($0 * 100, 1) + " %" } ?? "–"
        return Self.row(cells + [decoded, Words.fixed(seconds, 1)])
    }

    private static func cell(_ value: Double?) -> String { value.map { Words.fixed($0, 3) } ?? "–" }

    private static func row(_ cells: [String]) -> String {
        cells.enumerated().map { Words.column($1, $0 == 0 ? 28 : $0 < 7 || cells.count < 10 ? 10 : 12) }.joined()
            .reversed().drop { $0 == " " }.reversed().map(String.init).joined()
    }
}
