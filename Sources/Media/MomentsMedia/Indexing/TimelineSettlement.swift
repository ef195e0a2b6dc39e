internal import MomentsCore

/// Works out a file's timeline from what was noted while its packets were read, and the times of its pictures on it.
struct TimelineSettlement {
    /// Pictures on the line.
    struct Pictures {
        /// When each is shown, in ticks, in coded order.
        let pts: [Int64]
        /// When each is decoded, in ticks.
        let dts: [Int64]
        /// How long each is shown, in ticks; nil for as long as the container says.
        let duration: Int64?
        /// The longest duration that is believed, in ticks.
        var longest = Int32.max
        /// The numbers of those without any time, which are left out.
        var timeless: Set<Int> = []
    }

    private(set) var timeline = Timeline()
    /// The pictures' times; nil where all stay as they are.
    private(set) var pictures: Pictures?
    /// When each followed track starts and ends on the line; only those that changed.
    private(set) var extents: [Int: (start: Int64, end: Int64)] = [:]

    private let scan: IndexScan
    private let plan: ClockPlan
    private let video: StreamDescription
    /// In coded order.
    let entries: [PacketIndex.Entry]
    private let places: [Int64]

    init(_ scan: IndexScan, video: StreamDescription, entries: [PacketIndex.Entry]) {
        plan = scan.builder.build(video: video.index)
        let own = plan.tracks[video.index]
        (self.scan, self.video) = (scan, video)
        var entries = entries
        if let own, own.runs.count > 1 {
            for number in entries.indices where own.isBehindJump(number) {
                let isOpen = own.isOpen(number)
                if isOpen != entries[number].isDiscarded { entries[number] = entries[number].discarded(isOpen) }
            }
        }
        self.entries = entries
        places = scan.places[video.index] ?? []
        guard places.count == entries.count, !entries.isEmpty else { return }
        fitRate()
        if !scan.traits.hasShownTimes, orderFrames() { return }
        mendFrames()
        mendAudio()
        finish()
    }

    // MARK: - pictures without times of their own

    private mutating func fitRate() {
        let named = Rational(video.timeBase.denominator, video.timeBase.numerator)
        guard scan.fitted.video == video.index, let rate = scan.fit.rate(named: named) else { return }
        timeline.bases[video.index] = Rational(rate.denominator, rate.numerator)
        timeline.notes.append(
            "its header names \(named.text) pictures a second, but its sound fits \(rate.text); they are shown so"
        )
    }

    /// Gives pictures the times of the order they are shown in; false where that is the one they stand in.
    private mutating func orderFrames() -> Bool {
        let numbers = scan.numbers[video.index] ?? []
        let coded = entries.indices.map { place in
            DisplayOrder.Picture(
                kind: entries[place].kind,
                number: numbers.indices.contains(place) ? numbers[place] : nil,
                isKeyframe: entries[place].isKeyframe
            )
        }
        let ranks = DisplayOrder.ranks(coded)
        let isPlain = DisplayOrder.isPlain(ranks)
        guard scan.traits.isBare || !isPlain else { return false }
        let rate = video.usualRate
        let step = max(1, MediaTime(ticks: rate.denominator, timescale: rate.numerator).timestamp(in: video.timeBase))
        // Without a clock each slot is counted on its own, so that no rounding adds up.
        let slots: [Int64] =
            scan.traits.isBare
            ? entries.indices.map { number in
                MediaTime(ticks: Int64(number) &* rate.denominator, timescale: rate.numerator)
                    .timestamp(in: video.timeBase)
            }
            : entries.indices.map { entries[$0].dts &+ offset($0) }.sorted()
        let pts = ranks.map { slots[$0] }
        if isPlain, scan.timeless[video.index] == nil, pts == entries.map(\.pts) { return false }
        var track = plan.tracks[video.index]?.map() ?? Timeline.Track()
        track.isToldByPlace = true
        for number in entries.indices {
            let single = Timeline.Single(place: track.isPlaced ? places[number] : Int64(number), clock: nil)
            track.singles[single] = Timeline.Times(pts: pts[number], dts: slots[number])
        }
        timeline.tracks[video.index] = track
        pictures = Pictures(pts: pts, dts: slots, duration: scan.traits.isBare ? step : nil)
        if scan.traits.isBare {
            let source =
                video.frameRate.isPositive || video.nominalFrameRate.isPositive ? "its headers name" : "is usual"
            timeline.notes.append("it has no clock; \(rate.text) pictures a second are shown, as \(source)")
        }
        mendAudio()
        finish()
        return true
    }

    private func offset(_ number: Int) -> Int64 { plan.tracks[video.index]?.offset(of: number) ?? 0 }

    // MARK: - pictures

    private mutating func mendFrames() {
        guard let own = plan.tracks[video.index] else { return }
        let torn = own.clock.hasDecodingTimes ? own.clock.torn.filter { isAstray($0.number, own) } : []
        let isShown = { [entries, timeless = scan.timeless[video.index] ?? []] (number: Int) in
            !entries[number].isDiscarded && !timeless.contains(number)
        }
        let least = video.leastStep
        let isRepeated =
            !video.mayHideFrames && PresentationTimes.hasRepeats(entries.map(\.pts), least: least, isShown: isShown)
        guard !own.isPlain || !torn.isEmpty || isRepeated else {
            return timeline.notes += TimelineNotes.all(plan, slips: 0, repeats: 0)
        }
        var times = PresentationTimes(entries.indices.map { entries[$0].pts &+ offset($0) })
        var dts = entries.indices.map { entries[$0].dts &+ offset($0) }
        let step = PresentationTimes.step(times.pts, least: least)
        for stray in own.strays {
            for place in 0..<stray.run.count {
                dts[stray.run.number + place] =
                    stray.start &+ Int64(place) &* stray.run.usual(step) &+ offset(stray.run.number)
            }
        }
        for slip in torn { dts[slip.number] = (slip.packet.dts ?? 0) &+ offset(slip.number) }
        for (number, owner) in own.owners where own.runs.indices.contains(owner) {
            times.put(number, at: entries[number].pts &+ own.runs[owner].offset)
        }
        let numbers = own.strays.flatMap { Array($0.run.number..<$0.run.number + $0.run.count) } + torn.map(\.number)
        let slips = numbers.filter { own.owners[$0] == nil }
        let lead = Self.median(entries.indices.map { Int64(entries[$0].lead) })
        times.place(slips, step: step) { dts[$0] &+ lead }
        var repeats = 0
        if isRepeated { repeats = times.spread(step: step, least: least, isShown: isShown) }
        timeline.tracks[video.index] = map(own, times, dts, torn)
        let timeless = scan.timeless[video.index] ?? []
        pictures = Pictures(
            pts: times.pts,
            dts: dts,
            duration: nil,
            longest: plan.jumps.isEmpty || step == 0 ? .max : Int32(clamping: step &* 20),
            timeless: timeless
        )
        timeline.notes += TimelineNotes.all(plan, slips: slips.count, repeats: repeats)
    }

    /// Whether a picture that is shown long before or behind its decoding is not merely one beside a pause: others that
    /// cannot be held back for it are shown on its other side.
    private func isAstray(_ number: Int, _ own: ClockPlan.Track) -> Bool {
        if own.owners[number] != nil || own.clock.torn.count * 10 > entries.count { return own.owners[number] != nil }
        let time = entries[number].pts
        let earlier = entries[max(0, number - Self.around)..<max(0, number - Self.held)]
        let later = entries[min(entries.count, number + Self.held + 1)..<min(entries.count, number + Self.around)]
        if earlier.contains(where: { $0.pts > time }) || later.contains(where: { $0.pts < time }) { return true }
        let lead = Double(time &- entries[number].dts) * video.timeBase.value
        return (later.isEmpty || earlier.isEmpty) && abs(lead) > Self.farthest
    }

    /// More pictures than these are not held back.
    private static let held = 17
    /// How many are looked at on each side.
    private static let around = 64
    /// At a file's ends, a picture may be shown so many seconds from its decoding.
    private static let farthest = 60.0

    private func map(
        _ own: ClockPlan.Track,
        _ times: PresentationTimes,
        _ dts: [Int64],
        _ torn: [(number: Int, packet: PacketTimes)]
    ) -> Timeline.Track {
        var track = own.map()
        track.isToldByPlace = track.isPlaced && zip(places, places.dropFirst()).allSatisfy { $0 < $1 }
        let clocks = Dictionary(torn.map { ($0.number, $0.packet.clock) }) { first, _ in first }
        for number in times.changed {
            let clock = track.isToldByPlace ? nil : clocks[number] ?? entries[number].dts
            let single = Timeline.Single(place: track.isPlaced ? places[number] : Int64(number), clock: clock)
            let decoded = track.keepsDecodingTimes ? dts[number] : nil
            track.singles[single] = Timeline.Times(
                pts: times.pts[number],
                dts: decoded,
                isShown: own.isBehindJump(number),
                isHidden: own.isOpen(number)
            )
        }
        return track
    }

    private static func median(_ values: [Int64]) -> Int64 {
        let sorted = values.sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }

    // MARK: - sound

    private mutating func mendAudio() {
        for (index, own) in plan.tracks where index != video.index {
            let torn = own.clock.torn.count * 10 < own.clock.count ? own.clock.torn : []
            guard !own.isPlain || !torn.isEmpty else { continue }
            var track = own.map()
            func note(_ packet: PacketTimes, _ number: Int, _ time: Int64) {
                guard let place = track.isPlaced ? packet.position : Int64(number) else { return }
                track.singles[.init(place: place, clock: packet.clock)] = .init(pts: time, dts: time)
            }
            for stray in own.strays {
                var time = stray.start &+ own.offset(of: stray.run.number)
                for (place, packet) in stray.run.packets.enumerated() {
                    note(packet, stray.run.number + place, time)
                    time &+= packet.duration > 0 ? packet.duration : stray.run.step
                }
            }
            for slip in torn { note(slip.packet, slip.number, (slip.packet.dts ?? 0) &+ own.offset(of: slip.number)) }
            timeline.tracks[index] = track
            extents[index] = (
                own.runs.map { $0.run.start &+ $0.offset }.min() ?? 0,
                own.runs.map { $0.run.end &+ $0.offset }.max() ?? 0
            )
        }
    }

    // MARK: - searching

    private mutating func finish() {
        guard !timeline.isPlain else { return }
        let isTold = timeline.tracks.values.allSatisfy(\.isPlaced)
        guard isTold, scan.traits.isEnteredByBytes, let pictures else {
            timeline.isSearchable = isTold && plan.isRising && !scan.traits.isBare
            return
        }
        for number in entries.indices where entries[number].isKeyframe && !entries[number].isDiscarded {
            let time = MediaTime(timestamp: pictures.pts[number], base: video.timeBase)
            if let last = timeline.starts.last, time <= last.time { continue }
            timeline.starts.append(Timeline.Start(position: places[number], time: time))
        }
        timeline.isSearchable = !timeline.starts.isEmpty
    }
}

extension ClockRun {
    /// How long a packet of it lasts, in ticks; as `other` where it does not say.
    func usual(_ other: Int64) -> Int64 { packets.first.map(\.duration).flatMap { $0 > 0 ? $0 : nil } ?? other }
}
