internal import CLibAV
public import MomentsCore

/// Lets a reel's shots come out of black and go back to it, or come out of one another.
///
/// Used on one thread.
public final class ShotBlender {
    /// What became of a picture.
    public enum Outcome: Sendable {
        /// It is to be shown.
        case shown
        /// It is to be shown, and some of the shot before is seen in it.
        case mixed
        /// It is seen in the next shot's pictures.
        case kept
    }

    private let spool: PictureSpool
    private var passage = ShotPassage(place: TimeRange(start: .zero, end: .zero))
    private var isKeeping = false

    /// Makes a blender.
    ///
    /// - Parameter path: A temporary file for the pictures that are seen in the next shot's.
    /// - Throws: `MediaError` where memory runs out.
    public init(_ path: FilePath) throws(MediaError) { spool = try PictureSpool(path) }

    /// Tells how the pictures that follow come and go.
    public func begin(_ passage: ShotPassage) {
        self.passage = passage
        isKeeping = false
    }

    /// Changes a picture as its time asks for.
    ///
    /// - Parameters:
    ///   - frame: The picture.
    ///   - time: When the reel shows it.
    /// - Returns: What is to become of it.
    /// - Throws: `MediaError` where memory or disk runs out.
    public func apply(to frame: borrowing Frame, at time: MediaTime) throws(MediaError) -> Outcome {
        let (since, left) = (time - passage.place.start, passage.place.end - time)
        switch passage.manner {
        case .black:
            let share = min(Self.share(since, passage.entry), Self.share(left, passage.exit))
            if share < 1 { try PictureMix.darken(frame, weight: PictureMix.weight(share)) }
            return .shown
        case .neighbour:
            if left <= passage.exit {
                if !isKeeping { spool.clear() }
                isKeeping = true
                try spool.keep(frame, at: time)
                return .kept
            }
            guard since < passage.entry else { return .shown }
            let weight = PictureMix.weight(Self.share(since, passage.entry))
            try spool.withPicture(at: time) { (other) throws(MediaError) in
                guard PictureForm(other.raw.pointee).hasSameShape(as: PictureForm(frame.raw.pointee)) else { return }
                try PictureMix.mix(other, into: frame, weight: weight)
            }
            return .mixed
        }
    }

    private static func share(_ done: MediaTime, _ whole: MediaTime) -> Double {
        whole > .zero ? max(0, done.seconds / whole.seconds) : 1
    }
}
