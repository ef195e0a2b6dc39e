internal import MomentsAnalysis
internal import MomentsCore

/// Plans a reel from a video that is longer than it.
struct Chooser {
    private let signals: Signals
    private let saliency: Saliency
    private let score: MomentScore
    private let edits: Edits
    private let options: JobOptions
    private let longest: Double
    private let scene: [Int]
    private let starts: StartGrid
    private let statements: StatementEdges

    init(
        _ signals: Signals,
        _ saliency: Saliency,
        _ score: MomentScore,
        _ edits: Edits,
        _ options: JobOptions,
        longest: Double,
        bindsStarts: Bool,
        statements: StatementEdges
    ) {
        self.statements = statements
        self.signals = signals
        self.saliency = saliency
        self.score = score
        self.edits = edits
        self.options = options
        self.longest = longest
        scene = SceneIndex(signals.scenes, count: saliency.count).scene
        starts = StartGrid(signals, scene: scene, isBinding: bindsStarts && !signals.starts.isEmpty)
    }

    /// What is shown, what was nearly shown, and how many marks found no room.
    private struct Choice {
        var drafts: [Draft]
        let misses: [ReelPlanner.Rejection]
        let unshown: Int
    }

    /// The reel.
    func selection(_ scenes: [Scene]) -> Selection {
        var choice = choice()
        if choice.drafts.isEmpty, let free = edits.free.max(by: { $0.duration < $1.duration }),
            let opening = CutSnapper(signals).opening(of: free, seconds: options.targetDuration)
        {
            choice.drafts = [Draft(range: opening, reasons: ["the only part that can be shown"])]
        }
        let kind = score.judged == nil ? VideoKind(signals, score) : nil
        return Selection(
            drafts: choice.drafts,
            misses: choice.misses,
            saliency: saliency,
            score: score,
            scenes: scenes,
            note: note(choice.drafts, kind, unshown: choice.unshown),
            standing: kind?.sentence,
            frames: signals.frames
        )
    }

    private func choice() -> Choice {
        let target = options.targetDuration
        let asked = edits.pins.map { Draft(range: $0, reasons: ["asked for"]) }
        let placer = ShotPlacer(
            signals,
            edits,
            bindsStarts: starts.isBinding,
            isJudged: score.judged != nil,
            statements: statements
        )
        let (marked, unshown) = marked(around: asked, placer)
        let fixed = asked + marked
        let pins = (fixed + kept(beside: fixed)).sorted { $0.range.start < $1.range.start }
        let best = filled(target - Self.seconds(pins), around: pins, placer)
        let fit = ReelFit(signals, edits, score, keepsStarts: starts.isBinding, statements: statements)
        let placed = (pins + (best?.drafts ?? [])).sorted { $0.range.start < $1.range.start }
        let drafts = chosen(bridged(fit.fitted(placed, to: max(target, ShotLength.shortest))))
        return Choice(drafts: drafts, misses: best?.plan.rejections ?? [], unshown: unshown)
    }

    /// The shots, of which new ones go on to those that stay where next to nothing of their scene lies between: that would
    /// be a stumble.
    private func bridged(_ drafts: [Draft]) -> [Draft] {
        func isStumble(_ start: MediaTime, _ end: MediaTime) -> Bool {
            let gap = Draft(range: TimeRange(start: start, end: end)).entries
            return start < end && gap.count <= ReelSearch.stumble && edits.allows(start.seconds, end.seconds)
                && scene[min(gap.lowerBound, scene.count - 1)] == scene[min(gap.upperBound, scene.count - 1)]
        }
        var drafts = drafts
        for (one, next) in zip(drafts.indices, drafts.indices.dropFirst())
        where drafts[one].isKept != drafts[next].isKept {
            let gap = (start: drafts[one].range.end, end: drafts[next].range.start)
            guard !drafts[one].isFixed, !drafts[next].isFixed, isStumble(gap.start, gap.end) else { continue }
            if drafts[one].isKept {
                drafts[next].range = TimeRange(start: gap.start, end: drafts[next].range.end)
            } else {
                drafts[one].range = TimeRange(start: drafts[one].range.start, end: gap.end)
            }
        }
        return drafts
    }

    /// What stays of the reel that would be made without pins and bans.
    private func kept(beside pins: [Draft]) -> [Draft] {
        guard !options.pin.isEmpty || !options.ban.isEmpty else { return [] }
        var plain = options
        (plain.pin, plain.ban) = ([], [])
        let usual = Chooser(
            signals,
            saliency,
            score,
            Edits(plain, signals.frames),
            plain,
            longest: longest,
            bindsStarts: starts.isBinding,
            statements: statements
        )
        return KeptShots(
            usual.choice().drafts,
            beside: pins,
            edits,
            score,
            Similarity(signals, saliency, isJudged: score.judged != nil),
            seconds: options.targetDuration
        ).drafts
    }

    /// The shots that fill what is pinned up to the length asked for.
    private func filled(
        _ left: Double,
        around pins: [Draft],
        _ placer: ShotPlacer
    ) -> (drafts: [Draft], plan: ReelPlanner)? {
        let usable = usable(around: pins)
        let similarity = Similarity(signals, saliency, isJudged: score.judged != nil)
        let pauses = signals.audio?.pauses() ?? []
        let costs = EdgeCosts(score, scene: scene, pauses: pauses, starts: starts, statements: statements)
        let search = ReelSearch(score, costs, scene: scene, longest: longest)
        var (wanted, best): (Double, (drafts: [Draft], plan: ReelPlanner)?) = (left, nil)
        // Edges move to frames, cuts and pauses: what they took or gave is made up for.
        for _ in 0..<Self.attempts {
            let plan = ReelPlanner(
                search,
                score,
                similarity: similarity,
                fixed: pins.map { Moment($0.entries, score.total) },
                usable: usable,
                entries: entries(wanted, isFirst: pins.isEmpty)
            )
            let drafts = placer.place(plan.choices, around: pins)
            let length = Self.seconds(drafts)
            let isBetter = best.map { abs(length - left) < abs(Self.seconds($0.drafts) - left) } ?? true
            if isBetter { best = (drafts, plan) }
            if abs(length - left) <= Self.tolerance * options.targetDuration || drafts.isEmpty { break }
            wanted = min(max(wanted + left - length, 0.5 * left), 1.5 * left)
        }
        return best
    }

    /// The shots that must be in the reel since somebody marked them, and how many marks found no room in it.
    private func marked(around asked: [Draft], _ placer: ShotPlacer) -> ([Draft], unshown: Int) {
        guard options.marks == .trust, let marks = score.marked?.marks else { return ([], 0) }
        let room = options.targetDuration - Self.seconds(asked)
        let found = MarkWindows(
            marks,
            score,
            saliency,
            scene: scene,
            usable: usable(around: asked),
            entries: max(0, Int(room / Saliency.interval))
        )
        let moments = found.windows.map { Moment(starts.isBinding ? starts.widened($0) : $0, score.total) }
        let isTight = found.windows.reduce(0) { $0 + $1.count } >= Int(0.9 * room / Saliency.interval)
        let drafts = placer.place(moments, around: asked, mayGrow: !isTight).map { draft in
            var draft = draft
            draft.isMarked = true
            return draft
        }
        return (drafts, found.left)
    }

    /// How often the length is corrected.
    private static let attempts = 5
    /// The share of the target that its length may be off.
    private static let tolerance = 0.03

    /// Entries to fill; a reel has at least one shot.
    private func entries(_ seconds: Double, isFirst: Bool) -> Int {
        let seconds = isFirst ? max(seconds, ShotLength.shortest + Saliency.interval) : seconds
        return max(0, Int((seconds / Saliency.interval).rounded()))
    }

    private static func seconds(_ drafts: [Draft]) -> Double {
        drafts.reduce(0) { $0 + $1.range.duration.seconds }
    }

    /// Which entries may be shown beside what is pinned.
    private func usable(around pins: [Draft]) -> [Bool] {
        func allowed(_ index: Int) -> Bool {
            let start = Double(index) * Saliency.interval
            return edits.allows(start, min(start + Saliency.interval, signals.frames.end.seconds))
        }
        var usable = (0..<saliency.count).map { saliency.visible[$0] && allowed($0) }
        // Where nothing at all can be seen, what cannot be seen must do.
        if !usable.contains(true) { usable = usable.indices.map(allowed) }
        for pin in pins {
            // So close behind what was marked another shot would be a stumble; that one is lengthened instead.
            let margin = pin.isMarked ? ReelSearch.stumble : 0
            let taken = pin.entries.lowerBound - margin..<pin.entries.upperBound + margin
            for index in taken.clamped(to: usable.indices) { usable[index] = false }
        }
        return usable
    }

    /// All shots, or with `Length=best` those that stand out, and at least the best one.
    private func chosen(_ drafts: [Draft]) -> [Draft] {
        guard options.length == .best else { return drafts }
        let outstanding = drafts.filter { $0.isFixed || standsOut($0) }
        guard outstanding.isEmpty else { return outstanding }
        let best = drafts.max { Moment($0.entries, score.total).mean < Moment($1.entries, score.total).mean }
        return best.map { [$0] } ?? []
    }

    /// Whether the best second of a shot stands out from what is usual in the video.
    private func standsOut(_ draft: Draft) -> Bool {
        let entries = draft.entries.clamped(to: 0..<saliency.count)
        let best = saliency.total[entries].sorted(by: >).prefix(Int(1 / Saliency.interval))
        return !best.isEmpty && best.reduce(0, +) / Float(best.count) >= ScoreWeights.outstanding
    }

    private func note(_ drafts: [Draft], _ kind: VideoKind?, unshown: Int) -> String? {
        var notes = [note(drafts, kind)].compactMap { $0 }
        if unshown > 0 {
            notes.append("There was no room for \(unshown) of the marks; a longer reel shows more of them.")
        }
        return notes.isEmpty ? nil : notes.joined(separator: " ")
    }

    private func note(_ drafts: [Draft], _ kind: VideoKind?) -> String? {
        if drafts.isEmpty { return "Nothing may be shown: everything is banned." }
        let free = drafts.filter { !$0.isFixed }
        let outstanding = Self.seconds(free.filter(standsOut))
        let length = Self.seconds(drafts)
        if free.isEmpty { return nil }
        if length < 0.9 * options.targetDuration, options.length == .fill {
            return "Not more of this video can be shown; the reel is shorter than asked for."
        }
        if outstanding >= 0.9 * Self.seconds(free) { return nil }
        let fill =
            outstanding == 0
            ? "Nothing stood out in this video; the reel shows its better parts."
            : "\(Reasons.tenths(Float(outstanding))) s of the reel stood out in this video; the next best fills it."
        return kind.map { $0.isHard ? "\(fill) \($0.sentence)" : fill } ?? fill
    }
}
