internal import MomentsAnalysis
internal import MomentsCore

/// Plans a reel from a video that is longer than it.
struct Chooser {
    private let signals: Signals
    private let saliency: Saliency
    private let edits: Edits
    private let target: Double
    private let scene: [Int]
    private let starts: StartGrid

    init(_ signals: Signals, _ saliency: Saliency, _ edits: Edits, _ target: Double, bindsStarts: Bool) {
        self.signals = signals
        self.saliency = saliency
        self.edits = edits
        self.target = target
        scene = SceneIndex(signals.scenes, count: saliency.count).scene
        starts = StartGrid(signals, scene: scene, isBinding: bindsStarts && !signals.starts.isEmpty)
    }

    /// The reel.
    func selection(_ scenes: [Scene]) -> Selection {
        let pins = edits.pins.map { Draft(range: $0, reasons: ["asked for"]) }
        let pinned = pins.reduce(0) { $0 + $1.range.duration.seconds }
        var usable = (0..<saliency.count).map { index in
            let start = Double(index) * Saliency.interval
            let end = min(start + Saliency.interval, signals.frames.end.seconds)
            return saliency.visible[index] && edits.allows(start, end)
        }
        // Where nothing at all can be seen, what cannot be seen must do.
        if !usable.contains(true) {
            for index in usable.indices {
                let start = Double(index) * Saliency.interval
                usable[index] = edits.allows(start, min(start + Saliency.interval, signals.frames.end.seconds))
            }
        }
        for pin in pins.map(\.entries) {
            for index in pin.start..<min(pin.end, usable.count) { usable[index] = false }
        }
        let plan = ReelPlanner(
            finder: finder(saliency.total, usable),
            filler: finder(Filler.saliency(saliency, signals), usable),
            similarity: Similarity(signals, saliency),
            fixed: pins.map(\.entries),
            seconds: target - pinned
        )
        var drafts = pins + place(plan.choices, around: pins, mayGrow: true)
        if drafts.reduce(0, { $0 + $1.range.duration.seconds }) > 1.05 * target {
            drafts = pins + place(plan.choices, around: pins, mayGrow: false)
        }
        drafts.sort { $0.range.start < $1.range.start }
        if drafts.isEmpty, let free = edits.free.max(by: { $0.duration < $1.duration }),
            let opening = CutSnapper(signals).opening(of: free, seconds: target)
        {
            drafts = [Draft(range: opening, reasons: ["the only part that can be shown"])]
        }
        return Selection(
            drafts: drafts,
            misses: plan.rejections,
            saliency: saliency,
            scenes: scenes,
            note: note(plan, drafts),
            frames: signals.frames
        )
    }

    private func finder(_ measure: [Float], _ usable: [Bool]) -> MomentFinder {
        MomentFinder(
            saliency: measure,
            placement: saliency.placement,
            usable: usable,
            scene: scene,
            starts: starts
        )
    }

    /// Puts the edges of the choices on frames, none over another shot or into what is banned.
    private func place(_ choices: [ReelPlanner.Choice], around pins: [Draft], mayGrow: Bool) -> [Draft] {
        let placer = CutSnapper(signals, bindsStarts: starts.isBinding)
        let sorted = choices.sorted { $0.moment.start < $1.moment.start }
        var placed: [Draft] = []
        for (index, choice) in sorted.enumerated() {
            let start = Double(choice.moment.start) * Saliency.interval
            let end = min(Double(choice.moment.end) * Saliency.interval, signals.frames.end.seconds)
            guard let free = edits.free.first(where: { $0.start.seconds < end && start < $0.end.seconds }) else {
                continue
            }
            var (low, high) = (free.start.seconds, free.end.seconds)
            if let before = placed.last { low = max(low, before.range.end.seconds) }
            if index + 1 < sorted.count {
                high = min(high, Double(sorted[index + 1].moment.start) * Saliency.interval)
            }
            for pin in pins {
                if pin.range.end.seconds <= end { low = max(low, pin.range.end.seconds) }
                if pin.range.start.seconds >= start { high = min(high, pin.range.start.seconds) }
            }
            guard low < high,
                let range = placer.place(max(start, low), min(end, high), limits: low..<high, mayGrow: mayGrow)
            else {
                continue
            }
            let reasons = choice.isFiller ? ["nothing else stood out; among the better parts"] : []
            placed.append(Draft(range: range, moment: choice.moment, reasons: reasons))
        }
        return placed
    }

    private func note(_ plan: ReelPlanner, _ drafts: [Draft]) -> String? {
        let outstanding = plan.choices.count { !$0.isFiller }
        if drafts.isEmpty { return "Nothing may be shown: everything is banned." }
        if outstanding == 0, edits.pins.isEmpty {
            return "Nothing stood out in this video; the reel shows some of its better parts."
        }
        if plan.choices.contains(where: { $0.isFiller }) {
            return "Little stood out in this video; the reel is filled up with some of its better parts."
        }
        let seconds = drafts.reduce(0) { $0 + $1.range.duration.seconds }
        return seconds < 0.9 * target ? "Not more stood out in this video; the reel is shorter than asked for." : nil
    }
}
