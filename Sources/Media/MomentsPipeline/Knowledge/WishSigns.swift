internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsWords

/// Where in a video the signs of wishes are, as curves from 0 to 1 on the grid of `VisualCurves.interval`.
struct WishSigns {
    private let signals: Signals
    private let speech: Speech?
    private let subjects: SubjectFindings?
    private var count: Int { signals.visual.count }

    /// People from which on there are many.
    private static let many = 4
    /// Seconds around a find in which a thing counts as there.
    private static let around = 1.0
    /// The share of the video that counts as its loudest, fastest, calmest.
    private static let top = 0.12

    init(_ signals: Signals, _ speech: Speech?, _ subjects: SubjectFindings?) {
        (self.signals, self.speech, self.subjects) = (signals, speech, subjects)
    }

    /// Where a wish is fulfilled, by whatever tells of it; nil where nothing does.
    func curve(of wish: Wish) -> [Float]? {
        var curves = wish.signs.sorted { $0.rawValue < $1.rawValue }.compactMap { curve(of: $0) }
        if let thing = wish.thing, let found = found({ $0.name == thing }) { curves.append(found) }
        if let said = said(where: { wish.isSaid(in: $0) }) { curves.append(said) }
        guard let first = curves.first else { return nil }
        return curves.dropFirst().reduce(first) { sum, curve in zip(sum, curve).map { max($0, $1) } }
    }

    private func curve(of sign: WishSign) -> [Float]? {
        let (visual, audio) = (signals.visual, signals.audio)
        switch sign {
        case .cheer: return audio.flatMap { cheer($0.crowd) }
        case .loud: return audio.flatMap { ranked($0.loudness, isAudio: true, rising: true) }
        case .quiet: return audio.flatMap { ranked($0.loudness, isAudio: true, rising: false) }
        case .speech:
            return said(where: { !$0.isMark }) ?? audio.flatMap { above($0.speech, least: 0.5, isAudio: true) }
        case .motion: return ranked(visual.subject, isAudio: false, rising: true)
        case .calm: return ranked(visual.change, isAudio: false, rising: false)
        case .dark: return above(visual.brightness.map { $0 < 60 ? 1 : 0 }, least: 0.5, isAudio: false)
        case .bright: return above(visual.brightness.map { $0 > 150 ? 1 : 0 }, least: 0.5, isAudio: false)
        case .face: return found { $0.kind == .faces }
        case .person: return found { $0.kind == .people || $0.kind == .faces || $0.name == "person" }
        case .people: return crowded
        case .laughter: return said(where: Wish.isCheer)
        }
    }

    /// The entries that some seconds touch.
    private func entries(_ start: Double, _ end: Double) -> Range<Int> {
        let from = min(max(0, Int(start / VisualCurves.interval)), count)
        return from..<max(from, min(count, Int((end / VisualCurves.interval).rounded(.up))))
    }

    private func said(where fits: (Sentence) -> Bool) -> [Float]? {
        guard let speech else { return nil }
        var curve = [Float](repeating: 0, count: count)
        for sentence in speech.sentences where fits(sentence) {
            // What a mark tells of was set off by what went before.
            let start = sentence.isMark ? sentence.start - 3 : sentence.start
            for index in entries(start, sentence.end) { curve[index] = 1 }
        }
        return curve.contains(1) ? curve : nil
    }

    private func found(_ fits: (SubjectTrack) -> Bool) -> [Float]? {
        guard let subjects else { return nil }
        var curve = [Float](repeating: 0, count: count)
        for track in subjects.tracks where fits(track) {
            let (start, end) = (track.range.start.seconds - Self.around, track.range.end.seconds + Self.around)
            for index in entries(start, end) { curve[index] = 1 }
        }
        return curve.contains(1) ? curve : nil
    }

    private var crowded: [Float]? {
        guard let subjects else { return nil }
        var curve = [Float](repeating: 0, count: count)
        for look in subjects.looks {
            let faces = look.sure.count { $0.kind == .faces }
            let people = look.sure.count { $0.name == "person" }
            guard max(faces, people) >= Self.many else { continue }
            for index in entries(look.time.seconds - Self.around, look.time.seconds + Self.around) { curve[index] = 1 }
        }
        return curve.contains(1) ? curve : nil
    }

    /// A curve of either grid on that of the pictures, as means.
    private func onGrid(_ values: [Float], isAudio: Bool) -> [Float] {
        guard isAudio else { return values }
        let ratio = VisualCurves.interval / AudioCurves.interval
        return (0..<count).map { index in
            let from = min(Int(Double(index) * ratio), max(0, values.count - 1))
            let to = min(values.count, max(from + 1, Int(Double(index + 1) * ratio)))
            return from < to ? values[from..<to].reduce(0, +) / Float(to - from) : 0
        }
    }

    /// Where it sounds like a crowd: for sure, or more than elsewhere where it does so at all.
    private func cheer(_ crowd: [Float]) -> [Float]? {
        if let sure = above(crowd, least: 0.5, isAudio: true) { return sure }
        guard (onGrid(crowd, isAudio: true).max() ?? 0) >= Self.slight else { return nil }
        return ranked(crowd, isAudio: true, rising: true)
    }

    /// The least similarity to a crowd that says anything.
    private static let slight: Float = 0.15

    /// Where a similarity is high; nil where it nowhere is.
    private func above(_ values: [Float], least: Float, isAudio: Bool) -> [Float]? {
        let curve = onGrid(values, isAudio: isAudio).map { min(max(($0 - 0.6 * least) / (0.4 * least), 0), 1) }
        return curve.contains { $0 >= 1 } ? curve : nil
    }

    /// Where a curve is among its highest or lowest; nil where it never changes.
    private func ranked(_ values: [Float], isAudio: Bool, rising: Bool) -> [Float]? {
        let grid = onGrid(values, isAudio: isAudio)
        let even = grid.indices.map { index in
            let around = grid[max(0, index - 2)...min(grid.count - 1, index + 2)]
            return around.reduce(0, +) / Float(around.count)
        }
        let sorted = even.sorted()
        guard let low = sorted.first, let high = sorted.last, high - low > 1e-6 else { return nil }
        let place = Int(Double(sorted.count - 1) * (rising ? 1 - Self.top : Self.top))
        let (edge, middle) = (sorted[place], sorted[sorted.count / 2])
        guard abs(edge - middle) > 1e-6 else { return nil }
        return even.map { min(max(($0 - middle) / (edge - middle), 0), 1) }
    }
}
