internal import CLibAV
public import MomentsCore
public import MomentsMedia

/// Lets a reel's shots come out of black and go back to it, or come out of one another.
///
/// Used on one thread.
public final class ShotBlender {
    /// What became of a frame.
    public enum Blend: Sendable {
        /// It is to be shown.
        case shown
        /// It is to be shown, and some of the shot before is seen in it.
        case mixed
        /// It is seen in the next shot's frames.
        case kept
    }

    private let spool: FrameSpool
    private var transition = ShotTransition(place: TimeRange(start: .zero, end: .zero))
    private var isKeeping = false

    /// Makes a blender.
    ///
    /// - Parameter path: A temporary file for the frames that are seen in the next shot's.
    /// - Throws: `MediaError` where memory runs out.
    public init(_ path: FilePath) throws { spool = try FrameSpool(path) }

    /// Tells how the frames that follow come and go.
    public func begin(_ transition: ShotTransition) {
        self.transition = transition
        isKeeping = false
    }

    /// Changes a frame as its time asks for.
    ///
    /// - Parameters:
    ///   - frame: The frame.
    ///   - time: When the reel shows it.
    /// - Returns: What is to become of it.
    /// - Throws: `MediaError` where memory or disk runs out.
    public func apply(to frame: borrowing Frame, at time: MediaTime) throws -> Blend {
        let (since, left) = (time - transition.place.start, transition.place.end - time)
        switch transition.manner {
        case .black:
            let share = min(Self.share(since, transition.entry), Self.share(left, transition.exit))
            if share < 1 { try FrameMix.darken(frame, weight: FrameMix.weight(share)) }
            return .shown
        case .neighbour:
            if left <= transition.exit {
                if !isKeeping { spool.clear() }
                isKeeping = true
                try spool.keep(frame, at: time)
                return .kept
            }
            guard since < transition.entry else { return .shown }
            let weight = FrameMix.weight(Self.share(since, transition.entry))
            try spool.withFrame(at: time) { other in
                guard FrameFormat(other.raw.pointee).hasSameShape(as: FrameFormat(frame.raw.pointee)) else { return }
                try FrameMix.mix(other, into: frame, weight: weight)
            }
            return .mixed
        }
    }

    private static func share(_ done: MediaTime, _ whole: MediaTime) -> Double {
        whole > .zero ? max(0, done.seconds / whole.seconds) : 1
    }
}
