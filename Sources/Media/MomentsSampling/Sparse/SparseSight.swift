internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia

/// What is seen of a video bit by bit: looks at keyframes, segments that were in doubt, moments about to be chosen.
struct SparseSight {
    let crew: SegmentThreads
    private let map: FrameMap
    private let curve: PacketSizeCurve
    private let planner: SegmentPlanner
    private let watcher: SegmentPass
    private let keyframes: [KeyframeSample]
    private let shotDoubts: ShotDoubts
    private let certain: [Int]
    /// Segments that may hide a cut, still to be watched: with the first moments, so that no processor has to wait.
    private var unseen: [SegmentPlan]
    private var scenes: [Scene]
    private var doubts = 0
    private var findings: [SegmentFindings] = []
    private var watched: [Range<Int>] = []
    /// Frames seen one by one.
    private var settled: [Range<Int>] = []
    private var momentsLeft: Double
    /// What of that is kept for what is chosen later.
    private let reserve: Double
    private var doubtsLeft: Double
    private var moments = 0
    private var isWatchedWhole = false

    /// Looks at keyframes, unless they were looked at before, and finds what is in doubt.
    ///
    /// With `isWatched`, `watchAll` comes next.
    ///
    /// - Throws: `SparseRefusal`.
    init(
        _ source: MediaSource,
        _ map: FrameMap,
        _ schedule: KeyframeSchedule,
        _ curve: PacketSizeCurve,
        _ observers: ObserverBoard,
        isWatched: Bool,
        from memory: SparseMemory?,
        _ interrupt: Interrupt,
        _ progress: (Double) -> Void
    ) throws {
        let size = AnalysisSize(fitting: source.video.format.width, source.video.format.height)
        let crew = SegmentThreads(source, size: size, interrupt: interrupt)
        self.crew = crew
        self.map = map
        self.curve = curve
        planner = SegmentPlanner(map.frames)
        watcher = SegmentPass(map: map, crew: crew, size: size, observers: observers)
        let survey = KeyframeSurvey(map: map, crew: crew, size: size, observers: observers)
        let keyframes: [KeyframeSample] = try Self.found {
            if let memory { return memory.keyframes }
            let entries = KeyframeSurvey.plan(map.frames, schedule)
            guard let first = try survey.sample(entries), !first.isEmpty else { return nil }
            progress(0.4)
            return try schedule.placesCuts ? first : survey.refine(first, curve)
        }
        self.keyframes = keyframes
        progress(0.5)
        let proposals = CutProposals(map.frames, curve, keyframes: keyframes, schedule: schedule)
        let plans = try CutDoubts.plans(
            proposals.doubts,
            planner,
            schedule,
            map.times,
            source.budget,
            isWatched: isWatched
        )
        unseen = plans
        let open = proposals.doubts.filter { doubt in !plans.contains { $0.watch.overlaps(doubt.watch) } }
        shotDoubts = ShotDoubts(times: map.times, planner: planner, open: open)
        certain = proposals.certain + open.compactMap(\.guess)
        let likely = proposals.certain + proposals.doubts.compactMap(\.guess)
        scenes = SparseScenes.scenes(certain: likely, findings: [], times: map.times)
        momentsLeft = max(0.02 * Double(map.times.count), CutDoubts.share(map.times.count, source.budget))
        (doubtsLeft, reserve) = (momentsLeft / 2, momentsLeft / 2)
        if let memory { goOn(from: memory) }
    }

    /// Takes what was seen before as seen.
    private mutating func goOn(from memory: SparseMemory) {
        // All that might hide a cut was watched with the first moments.
        unseen = []
        (findings, watched, settled) = (memory.findings, memory.watched, memory.settled)
        (isWatchedWhole, doubts, moments) = (memory.isWatchedWhole, memory.doubts, memory.moments)
        if !settled.isEmpty || isWatchedWhole {
            scenes = SparseScenes.scenes(certain: certain, findings: findings, times: map.times)
        }
    }

    /// What was seen by now, for another choice to go on from.
    var memory: SparseMemory {
        SparseMemory(
            keyframes: keyframes,
            findings: findings,
            watched: watched,
            settled: settled,
            isWatchedWhole: isWatchedWhole,
            doubts: doubts,
            moments: moments
        )
    }

    private static func found<Value>(_ body: () throws -> Value?) throws -> Value {
        guard let value = try body() else { throw SparseRefusal.displaced }
        return value
    }

    /// What was decoded, in plain words.
    var reason: String {
        let watched = isWatchedWhole ? "all that others need of the other pictures" : "\(moments) moments"
        let rest = isWatchedWhole ? "" : "; the lengths of the other pictures and all of the sound told the rest"
        return "\(keyframes.count) key pictures, \(doubts) stretches that might hide a cut and \(watched) were decoded"
            + rest
    }

    /// The signals as far as they are known by now.
    func signals(_ audio: AudioCurves?) -> Signals? {
        var canvas = SignalCanvas(times: map.times, scenes: scenes, curve: curve, isWatchedWhole: isWatchedWhole)
        for finding in findings { canvas.add(finding) }
        for keyframe in keyframes { canvas.add(keyframe) }
        var signals = canvas.finish()
        signals?.audio = audio
        signals?.starts = map.starts
        return signals
    }

    /// Watches parts of what is about to be chosen: for cuts where one may lie, and for what moves.
    ///
    /// The most doubtful shots come first. The first time, all else that may hide a cut is watched too.
    ///
    /// - Returns: Whether anything new was seen.
    /// - Throws: `SparseRefusal`.
    mutating func watch(_ proposal: ReelProposal) throws -> Bool {
        let doubtful = proposal.shots.sorted { $0.score < $1.score }.map(\.range)
        let settling = settled + unseen.map(\.watch)
        let beginnings = shotDoubts.plans(for: proposal.shots.map(\.range), settled: settling, budget: doubtsLeft)
        doubtsLeft -= beginnings.reduce(0) { $0 + $1.cost(isComplete: true) }
        let whole = beginnings + unseen
        watched += unseen.map(\.watch)
        unseen = []
        let openings = Set(whole.map(\.packets.lowerBound))
        var plans: [SegmentPlan] = []
        func take(_ range: TimeRange, leaving reserve: Double) {
            guard let plan = sample(of: range, openings), !plans.contains(where: { $0.watch.overlaps(plan.watch) })
            else { return }
            let cost = plan.cost(isComplete: false)
            guard momentsLeft - cost >= reserve else { return }
            momentsLeft -= cost
            plans.append(plan)
        }
        for range in doubtful { take(range, leaving: 0) }
        // What is chosen next must be seen too, and counts for more than what was not chosen.
        for missed in proposal.nearMisses.prefix(3) { take(missed, leaving: reserve) }
        if plans.isEmpty && whole.isEmpty { return false }
        findings += try Self.found { [watcher] in try watcher.watch(whole: whole, rough: plans) }
        watched += plans.map(\.watch)
        moments += plans.count
        doubts += whole.count
        settled += whole.map(\.watch)
        if !whole.isEmpty { scenes = SparseScenes.scenes(certain: certain, findings: findings, times: map.times) }
        return true
    }

    /// Watches all of the video for what moves, and what may hide a cut frame by frame.
    ///
    /// Frames that no other needs are left out. What is chosen of a video that was watched so is worth a twentieth more
    /// than where the lengths of packets tell what moves.
    ///
    /// - Throws: `SparseRefusal`.
    mutating func watchAll() throws {
        let starts = planner.keyframes(in: 0..<map.times.count)
        let groups = zip(starts, starts.dropFirst() + [map.times.count]).compactMap { planner.plan($0..<$1) }
        let whole = unseen
        unseen = []
        findings += try Self.found { [watcher] in try watcher.watch(whole: whole, rough: groups) }
        watched = [0..<map.times.count]
        isWatchedWhole = true
        doubts += whole.count
        settled += whole.map(\.watch)
        scenes = SparseScenes.scenes(certain: certain, findings: findings, times: map.times)
    }

    /// Seconds of a moment that are watched to know how much moves in it.
    private static let sample = 1.6

    /// The cheapest part that tells what goes on in a segment: behind a keyframe of its scene near by, best one from
    /// which something is decoded anyway.
    private func sample(of range: TimeRange, _ openings: Set<Int>) -> SegmentPlan? {
        let times = map.times
        let middle = MediaTime(seconds: (range.start.seconds + range.end.seconds) / 2)
        let number = times.index(at: middle)
        let scene = scenes.last { $0.startFrame <= number } ?? scenes[0]
        let near =
            max(
                scene.startFrame,
                times.index(at: middle - Self.reach)
            )..<min(
                scene.endFrame,
                times.index(at: middle + Self.reach) + 1
            )
        guard !watched.contains(where: { $0.clamped(to: near).count > 12 }) else { return nil }
        let starts = planner.keyframes(in: near) + [times.index(at: range.start)]
        let plans = starts.compactMap { start in
            let end = times.firstIndex(notBefore: times[start] + MediaTime(seconds: Self.sample))
            return planner.plan(start..<min(max(end, start + 2), scene.endFrame))
        }
        func cost(_ plan: SegmentPlan) -> Double {
            plan.cost(isComplete: false) - (openings.contains(plan.packets.lowerBound) ? Self.saving : 0)
        }
        return plans.min { cost($0) < cost($1) }
    }

    /// Frames saved where two segments begin at one keyframe.
    private static let saving = 10.0

    /// How far from a moment's middle its scene is taken to be like it.
    private static let reach = MediaTime(ticks: 6, timescale: 1)
}
