internal import FoundationEssentials
internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsSampling
internal import MomentsSelection
internal import MomentsStills
internal import MomentsSystem

/// The stage between analysis and choice of jobs that have a judge: stills are drawn, and whoever has eyes is asked.
///
/// Nothing that goes wrong in it ends the job.
struct JudgeStage: JobStage {
    static let stage = Stage.judge
    static let failure = StageFailure(kind: .decodeFailed) { "No stills of \($0) could be drawn for the judge." }
    /// What the question tells, and what leaves nothing to ask.
    static let options = [
        StageOption(\.targetDuration), StageOption(\.title), StageOption(\.segments),
        StageOption(\.want), StageOption(\.avoid),
    ]

    /// The folder of questions below the staging folder; it goes when the stage ends.
    static let folder: FilePath = "judge"
    /// Small pictures that are kept of a video at most.
    private static let mostKept = 2400.0
    /// The least time between two of them, in seconds: a quarter of a window.
    private static let interval = 0.5

    let signals: Signals
    /// The stills kept while the video was analysed.
    let stills: SurveyObserver
    /// Waits for the next answer; nil where nobody answers any more.
    let reply: () -> JudgeReply?

    /// What keeps stills for the sheets while a video is analysed.
    static func observer(of source: MediaSource) -> SurveyObserver {
        let seconds = max(interval, source.duration.seconds / mostKept)
        return SurveyObserver(longSide: sheets(of: source).longSide, interval: seconds)
    }

    /// The longer side of the stills it draws, in pixels.
    static func longSide(of source: MediaSource) -> Int { sheets(of: source).longSide }

    private static func sheets(of source: MediaSource) -> JudgeSheets {
        let shown = source.video.format.displaySize
        return JudgeSheets(width: shown.width, height: shown.height)
    }

    func run(in context: StageContext, progress: @escaping (Double) -> Void) throws -> Judgement {
        var judgement = Judgement.none
        let options = context.spec.options
        guard options.segments.isEmpty, signals.frames.end.seconds > options.targetDuration else { return judgement }
        defer { context.report(.judged(cost: judgement.cost, failure: judgement.failure)) }
        let folder = context.staging.path.appending(Self.folder)
        defer { try? Folder.removeTree(folder) }
        do {
            try Folder.removeTree(folder)
            try Folder.make(folder, mode: 0o700)
            let windows = JudgeWindows(signals, target: options.targetDuration)
            for round in 1...2 {
                let wanted = round == 1 ? windows.first : windows.next(after: judgement.verdicts)
                guard !wanted.isEmpty else { break }
                let question = try ask(wanted, number: round, in: context)
                progress(0.25 * Double(round))
                context.report(.question(question))
                guard let reply = reply() else {
                    if context.interrupt.isRequested { throw MediaError.interrupted("ask", "the judge") }
                    judgement.fail("nobody is there who asks it")
                    break
                }
                judgement.take(reply)
                if judgement.failure != nil { break }
            }
        } catch {
            if (error as? MediaError)?.isInterruption == true { throw error }
            judgement.fail("its sheets could not be drawn (\(error))")
        }
        return judgement
    }

    /// What is wanted, in one line; nil where nobody said.
    private static func wish(_ options: JobOptions) -> String? {
        let avoided = options.avoid.isEmpty ? [] : ["not: " + options.avoid.joined(separator: ", ")]
        let lines = [options.title, options.want.isEmpty ? nil : options.want.joined(separator: ", ")].compactMap { $0 }
        let all = lines + avoided
        return all.isEmpty ? nil : all.joined(separator: "; ")
    }

    /// Keeps stills of windows of which there are too few.
    private func revisit(_ windows: [JudgeQuestion.Window], longSide: Int, in context: StageContext) throws {
        let source = context.source
        let plan = JudgeVisits(
            windows,
            try stills.survey(),
            places: FramePlaces(source),
            frames: signals.frames.count
        )
        guard !plan.visits.isEmpty else { return }
        let revisit = try FrameRevisit(source, longSide: longSide, interrupt: context.interrupt)
        for visit in plan.visits {
            try revisit.show(visit.segment, complete: visit.complete, at: visit.times) { time, width, height, planes in
                stills.keep(planes, width: width, height: height, at: time)
            }
        }
    }

    /// Draws the sheets and writes the question.
    ///
    /// - Returns: Where it stands below the staging folder.
    private func ask(_ windows: [JudgeQuestion.Window], number: Int, in context: StageContext) throws -> FilePath {
        let source = context.source
        let sheets = Self.sheets(of: source)
        try revisit(windows, longSide: sheets.longSide, in: context)
        let colors = FrameColors(source.video.format)
        let drawn = try sheets.draw(windows, try stills.survey(), colors: colors)
        let written = try drawn.enumerated().map { place, sheet in
            let name = "\(Self.folder)/question-\(number)-sheet-\(place + 1).jpg"
            _ = try context.staging.write("sheet", name, sheet.bytes)
            return JudgeQuestion.Sheet(path: context.staging.file(name), windows: sheet.windows)
        }
        let options = context.spec.options
        let question = JudgeQuestion(
            job: context.spec.jobID,
            want: Self.wish(options),
            target: options.targetDuration,
            duration: signals.frames.end.roundedSeconds,
            windows: windows,
            sheets: written
        )
        let name = "\(Self.folder)/question-\(number).json"
        _ = try context.staging.write("question", name, try MomentsJSON.document(question))
        return FilePath(name)
    }
}

extension MediaTime {
    /// Seconds to the millisecond.
    fileprivate var roundedSeconds: Double { (seconds * 1000).rounded() / 1000 }
}
