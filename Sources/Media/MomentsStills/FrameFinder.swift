internal import MomentsCore
internal import MomentsMedia

/// Goes to single frames of a video, and measures them.
///
/// Used on one thread, with a second one to share large frames where their coding allows; places of rising times are
/// cheapest.
final class FrameFinder {
    private let source: MediaSource
    private let interrupt: Interrupt
    private let reader: SegmentReader
    private let scaler: FrameScaler

    init(_ source: MediaSource, interrupt: Interrupt) throws {
        self.source = source
        self.interrupt = interrupt
        let format = source.video.format
        let threads = source.budget.threadsPerFrame
        reader = try SegmentReader(source, isRough: false, sharing: threads, interrupt: interrupt)
        // Large enough to tell a sharp frame from a blurred one, small enough to measure in a millisecond.
        let scale = min(1, 640 / Double(max(format.width, format.height, 1)))
        scaler = FrameScaler(
            width: Int((Double(format.width) * scale).rounded()),
            height: Int((Double(format.height) * scale).rounded())
        )
    }

    /// Shows the frame at a place to whoever keeps the best one.
    ///
    /// - Parameters:
    ///   - place: Where.
    ///   - best: Looks at it.
    ///   - weight: What its score is multiplied by.
    /// - Returns: Whether it is good; false also where it cannot be decoded.
    /// - Throws: `MediaError`.
    func show(
        _ place: FramePlaces.Place,
        to best: inout BestStill,
        weight: Double = 1
    ) throws -> Bool {
        let refused = reader.refusedPackets
        var (isDamaged, isShown, isGood) = (false, false, false)
        let last = place.segment.upperBound - 1
        _ = try reader.read(place.segment, complete: last..<place.segment.upperBound) {
            time,
            frame in
            // What a damaged frame is decoded into is damaged too.
            isDamaged = isDamaged || frame.isDamaged || reader.refusedPackets > refused
            guard time >= place.time, !isShown else { return }
            isShown = true
            isGood = try best.consider(frame, merit: isDamaged ? nil : try merit(of: frame), at: time, weight: weight)
        }
        return isGood
    }

    /// Shows the first frames that can be decoded at all, for files that are not as their index says.
    ///
    /// - Parameter best: Looks at five a second until one is good, within the first 300.
    /// - Throws: `MediaError`.
    func showFirst(to best: inout BestStill) throws {
        let reader = try MediaReader(source, tracks: .video, threads: 1, interrupt: interrupt)
        var last: MediaTime?
        for _ in 0..<300 {
            guard case .video(let time, _) = try reader.next() else { return }
            if let last, (time - last).seconds < 0.2 { continue }
            last = time
            let isDamaged = reader.refusedPackets > 0
            let isGood = try reader.withFrame { frame in
                let merit = isDamaged || frame.isDamaged ? nil : try merit(of: frame)
                return try best.consider(frame, merit: merit, at: time)
            }
            if isGood { return }
        }
    }

    private func merit(of frame: borrowing Frame) throws -> FrameMerit {
        try scaler.scale(frame)
        return FrameMerit(scaler)
    }
}
