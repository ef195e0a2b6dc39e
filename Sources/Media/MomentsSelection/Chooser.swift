internal import MomentsAnalysis
internal import MomentsCore

/// Plans a reel from a video that is longer than it.
struct Chooser {
    private let signals: Signals
    private let saliency: Saliency
    private let score: MomentScore
    private let edits: Edits
    private let options: JobOptions
    private let scene: [Int]
    private let starts: StartGrid
    private let statements: StatementEdges

    init(
        _ signals: Signals,
        _ saliency: Saliency,
        _ score: MomentScore,
        _ edits: Edits,
        _ options: JobOptions,
        bindsStarts: Bool,
        statements: StatementEdges
    ) {
        self.statements = statements
        self.signals = signals
        self.saliency = saliency
        self.score = score
        self.edits = edits
        self.options = options
        scene = SceneIndex(signals.scenes, count: saliency.count).scene
        starts = StartGrid(signals, scene: scene, isBinding: bindsStarts && !signals.starts.isEmpty)
    }

    /// The reel.
    func selection(_ scenes: [Scene]) -> Selection {
        let target = options.targetDuration
        let pins = edits.pins.map { Draft(range: $0, reasons: ["asked for"]) }
        let pinned = pins.reduce(0) { $0 + $1.range.duration.seconds }
        let usable = usable(around: pins)
        let similarity = Similarity(signals, saliency)
        let pauses = signals.audio?.pauses() ?? []
        let costs = EdgeCosts(score, scene: scene, pauses: pauses, starts: starts, statements: statements)
        let search = ReelSearch(score, costs, scene: scene)
        let left = target - pinned
        let placer = ShotPlacer(signals, edits, bindsStarts: starts.isBinding, statements: statements)
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
            if abs(length - left) <= Self.tolerance * target || drafts.isEmpty { break }
            wanted = min(max(wanted + left - length, 0.5 * left), 1.5 * left)
        }
        let fit = ReelFit(signals, edits, score, keepsStarts: starts.isBinding, statements: statements)
        let placed = (pins + (best?.drafts ?? [])).sorted { $0.range.start < $1.range.start }
        var drafts = chosen(fit.fitted(placed, to: max(target, ShotLength.shortest)))
        if drafts.isEmpty, let free = edits.free.max(by: { $0.duration < $1.duration }),
            let opening = CutSnapper(signals).opening(of: free, seconds: target)
        {
            drafts = [Draft(range: opening, reasons: ["the only part that can be shown"])]
        }
        return Selection(
            drafts: drafts,
            misses: best?.plan.rejections ?? [],
            saliency: saliency,
            score: score,
            scenes: scenes,
            note: note(drafts),
            frames: signals.frames
        )
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
        for pin in pins.map(\.entries) {
            for index in pin.clamped(to: usable.indices) { usable[index] = false }
        }
        return usable
    }

    /// All shots, or with `Length=best` those that stand out, and at least the best one.
    private func chosen(_ drafts: [Draft]) -> [Draft] {
        guard options.length == .best else { return drafts }
        let outstanding = drafts.filter { !$0.reasons.isEmpty || standsOut($0) }
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

    private func note(_ drafts: [Draft]) -> String? {
        if drafts.isEmpty { return "Nothing may be shown: everything is banned." }
        let free = drafts.filter { $0.reasons.isEmpty }
        let outstanding = Self.seconds(free.filter(standsOut))
        let length = Self.seconds(drafts)
        if free.isEmpty { return nil }
        if length < 0.9 * options.targetDuration, options.length == .fill {
            return "Not more of this video can be shown; the reel is shorter than asked for."
        }
        if outstanding == 0 { return "Nothing stood out in this video; the reel shows its better parts." }
        if outstanding < 0.9 * Self.seconds(free) {
            return
                "\(Reasons.tenths(Float(outstanding))) s of the reel stood out in this video; the next best fills it."
        }
        return nil
    }
}
