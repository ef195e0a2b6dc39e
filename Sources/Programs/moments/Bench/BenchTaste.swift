internal import FoundationEssentials
internal import MomentsBench
internal import MomentsCore
internal import MomentsSettings
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWorkers

/// `moments bench --taste`: what edits teach, played by editors with hidden preferences on judged clips.
///
/// Each clip is analysed once, by a real worker, into a cache; from then on workers only choose.
struct BenchTaste {
    /// A clip, and where what was found in it is kept.
    private struct Clip {
        let name: String
        let video: FilePath
        let truth: JudgedTruth
        let staging: FilePath
        /// The choice without a taste.
        let plain: Rehearsal
    }

    private let clips: [Clip]
    private let interruption: Interruption
    /// How many edits an editor makes.
    private static let edits = (few: 10, many: 30)
    /// Clips on which is measured at least.
    private static let measured = 14
    /// How often everything is done, each time with other clips.
    private static let rounds = 2

    /// Plays every editor, a line each as they come.
    ///
    /// - Parameters:
    ///   - folder: The clips and what was judged of them.
    ///   - pattern: The names wanted; nil for all.
    ///   - cache: Where what is found in the clips is kept; made where it is missing.
    ///   - asJSON: Whether programs read the output.
    ///   - interruption: Stops it.
    /// - Returns: 0 when every clip was there, else 1.
    /// - Throws: `Failure` where there is no clip, one cannot be done, or after an interruption.
    static func run(
        _ folder: FilePath,
        only pattern: FilePath?,
        cache: FilePath,
        asJSON: Bool,
        _ interruption: Interruption
    ) throws(Failure) -> Int32 {
        let judged = try JudgedFolder(folder, only: pattern)
        for sentence in judged.missing { Output.complain(sentence) }
        let bench = try BenchTaste(judged, cache, interruption)
        if !asJSON { Output.line(TasteRow.head) }
        for editor in TasteEditor.allCases {
            guard let row = try bench.row(of: editor) else {
                Output.complain("'\(editor.rawValue)' is left out: too few clips tell what that editor goes by")
                continue
            }
            if asJSON { Output.bytes((try? MomentsJSON.line(row)) ?? Data()) } else { Output.line(row.line) }
        }
        return judged.missing.isEmpty ? 0 : Failure.Code.failed.rawValue
    }

    private init(_ folder: JudgedFolder, _ cache: FilePath, _ interruption: Interruption) throws(Failure) {
        self.interruption = interruption
        var clips: [Clip] = []
        for clip in folder.clips {
            let place = Folder.absolute(cache).appending(clip.name)
            let staging: FilePath
            do {
                try Folder.make(place, mode: 0o700)
                staging = try Folder.resolved(place)
            } catch { throw Failure("\(error)") }
            let options = Self.options(clip.truth)
            let plain = try Self.rehearse(clip.video, staging, options, .none, interruption).rehearsal
            guard !plain.nearMisses.isEmpty else { continue }
            clips.append(
                Clip(name: clip.name.text, video: clip.video, truth: clip.truth, staging: staging, plain: plain)
            )
        }
        self.clips = clips
    }

    /// Three tenths of a clip, so that there is a choice.
    private static func options(_ truth: JudgedTruth) -> JobOptions {
        var options = JobOptions(targetDuration: max(4, min(12, 0.3 * truth.duration)))
        options.analysis = .full
        return options
    }

    /// Has a worker choose.
    private static func rehearse(
        _ video: FilePath,
        _ staging: FilePath,
        _ options: JobOptions,
        _ taste: Taste,
        _ interruption: Interruption
    ) throws(Failure) -> (rehearsal: Rehearsal, lesson: TasteLesson?) {
        let spec = JobSpec(
            jobID: JobIdentifier.make(),
            source: video,
            name: video.name,
            staging: staging,
            options: options,
            lifeline: true,
            models: Settings().modelFolders,
            taste: taste,
            learns: true,
            rehearses: true
        )
        do { return try rehearse(spec, interruption) } catch let failure as Failure { throw failure } catch {
            throw Failure("\(error)")
        }
    }

    private static func rehearse(
        _ spec: JobSpec,
        _ interruption: Interruption
    ) throws -> (rehearsal: Rehearsal, lesson: TasteLesson?) {
        var lesson: TasteLesson?
        let worker = try ForegroundWorker(spec, settings: Settings(), interruption: interruption) { event in
            if case .learned(let learned) = event { lesson = learned }
        }
        if case .failed(let error, _) = worker.outcome { throw Failure("\(error)") }
        let path = spec.staging.appending(FilePath(Rehearsal.name))
        let bytes = try Descriptor.openRegular(path).read(64 << 20, at: 0, of: path)
        return (try MomentsJSON.decode(Rehearsal.self, from: Data(bytes)), lesson)
    }

    /// Edits some clips and measures on the others; nil where too few tell what the editor goes by.
    private func row(of editor: TasteEditor) throws(Failure) -> TasteRow? {
        let known = clips.compactMap { clip in editor.worth(clip.plain, clip.truth).map { (clip: clip, worth: $0) } }
        guard known.count >= 2 * Self.measured else { return nil }
        let taught = min(Self.edits.many, known.count - Self.measured)
        var gains: [(before: Double, few: Double, many: Double)] = []
        var changes: [String] = []
        for round in 0..<Self.rounds {
            // Every so many places another clip, so that each round edits others.
            let order = known.indices.map { known[($0 * 7 + round * taught) % known.count] }
            let turned = known.count % 7 == 0 ? Array(known[(round * taught % known.count)...] + known) : order
            let (edited, others) = (turned.prefix(taught), turned.dropFirst(taught).prefix(known.count - taught))
            var judgments: [Judgment] = []
            var few = Taste.none
            for number in 0..<Self.edits.many {
                let (clip, worth) = edited[edited.startIndex + number % edited.count]
                judgments += try lesson(editor, clip, worth, number, TasteStore.taste(from: judgments))
                if number + 1 == Self.edits.few { few = TasteStore.taste(from: judgments) }
            }
            let many = TasteStore.taste(from: judgments)
            if round == 0 { changes = many.words }
            var sums = (0.0, 0.0, 0.0)
            for (clip, worth) in others {
                sums.0 += TasteEditor.recall(clip.plain, worth)
                sums.1 += TasteEditor.recall(try choice(clip, few), worth)
                sums.2 += TasteEditor.recall(try choice(clip, many), worth)
            }
            let count = Double(others.count)
            gains.append((sums.0 / count, (sums.1 - sums.0) / count, (sums.2 - sums.0) / count))
        }
        func mean(_ value: ((before: Double, few: Double, many: Double)) -> Double) -> Double {
            gains.reduce(0) { $0 + value($1) } / Double(gains.count)
        }
        return TasteRow(
            editor: editor.rawValue,
            edited: taught,
            measured: known.count - taught,
            before: mean(\.before),
            after10: mean(\.few),
            after30: mean(\.many),
            changes: changes
        )
    }

    private func choice(_ clip: Clip, _ taste: Taste) throws(Failure) -> Rehearsal {
        if taste.isNone { return clip.plain }
        return try Self.rehearse(clip.video, clip.staging, Self.options(clip.truth), taste, interruption).rehearsal
    }

    /// What an editor's changes of a clip's reel teach.
    private func lesson(
        _ editor: TasteEditor,
        _ clip: Clip,
        _ worth: [Double],
        _ number: Int,
        _ taste: Taste
    ) throws(Failure) -> [Judgment] {
        var options = Self.options(clip.truth)
        (options.pin, options.ban) = editor.edit(try choice(clip, taste), worth, seed: UInt64(number))
        guard !options.pin.isEmpty || !options.ban.isEmpty else { return [] }
        let found = try Self.rehearse(clip.video, clip.staging, options, taste, interruption)
        guard let lesson = found.lesson, lesson.kind == .edit else { return [] }
        return lesson.pairs.map { pair in
            Judgment(
                at: Timestamp(milliseconds: Int64(number)),
                job: "edit \(number)",
                video: "\(clip.name), edit \(number)",
                name: nil,
                kind: .edit,
                pair: pair
            )
        }
    }
}
